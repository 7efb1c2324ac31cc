#if SQLite
import DialectCore

/// One way to break a dialect, and a case that must notice.
enum Mutant: String, CaseIterable, Sendable {
    case leaksTransaction, swapsParameters, truncatesMicroseconds, eatsCancel, losesNULInText, emptyBecomesNull
    case roundsDecimals, miscountsRows, commitReportsSuccessAfterFailure, ignoresReadOnly, ignoresRollBackToSavepoint
    case wrongErrorCode, showsValueInError, streamsOneRowTooFew, declaresFeatureItLacks, hidesFeatureItHas
    case pingAlwaysSucceeds, closedConnectionStillWorks, unquotedIdentifiers, cancelsCommit, acceptsUnknownOptions
    case lateCancelHitsNextUser, negativeZeroLost, bulkInsertKeepsHalf, lockNotExclusive, forgetsDefaults
    case claimsToBeClean, keepsForeignKeysInRebuilds, leavesForeignKeysSuspended, forgetsConditions, escapesNothing
    case toleratesSilence, ignoresCancelOfARun, losesTheErrorOfARun

    /// The case that catches the mutant.
    var catcher: String {
        switch self {
        case .leaksTransaction: "resetting.rollsAnOpenTransactionBack"
        case .swapsParameters: "parameters.keepTheirOrder"
        case .truncatesMicroseconds: "values.microsecondsSurvive"
        case .eatsCancel: "cancelling.endsARunningStatement"
        case .losesNULInText: "values.aNULInTextIsKeptOrRefused"
        case .emptyBecomesNull: "values.emptyIsNotNull"
        case .roundsDecimals: "values.decimalsSurvive"
        case .miscountsRows: "results.affectedRowsAreTheMatchedOnes"
        case .commitReportsSuccessAfterFailure: "transactions.aCommitSaysWhatBecameOfAFailedStatementsTransaction"
        case .ignoresReadOnly: "readOnly.writesAreRefused"
        case .ignoresRollBackToSavepoint: "savepoints.aRollBackToOneKeepsWhatCameBefore"
        case .wrongErrorCode: "errors.uniqueViolation"
        case .showsValueInError: "errors.uniqueViolation"
        case .streamsOneRowTooFew: "streaming.everyRowComesOnce"
        case .declaresFeatureItLacks: "notifications.areHeardByThoseWhoListen"
        case .hidesFeatureItHas: "features.returningIsAbsent"
        case .pingAlwaysSucceeds: "closing.aClosedConnectionRefusesEveryCall"
        case .closedConnectionStillWorks: "closing.twiceIsAsGoodAsOnce"
        case .unquotedIdentifiers: "identifiers.anyNameNamesAColumn"
        case .cancelsCommit: "cancelling.doesNotTouchACommit"
        case .acceptsUnknownOptions: "dialects.anUnknownOptionIsRefused"
        case .lateCancelHitsNextUser: "cancelling.neverDisturbsTheNextStatement"
        case .negativeZeroLost: "values.doublesSurvive"
        case .bulkInsertKeepsHalf: "bulkInserts.keepAllOrNothing"
        case .lockNotExclusive: "locks.ofASessionExcludeOthers"
        case .claimsToBeClean: "resetting.rollsAnOpenTransactionBack"
        case .forgetsDefaults: "reflection.defaultsComeBack"
        case .keepsForeignKeysInRebuilds: "changes.parentsKeepTheirChildren"
        case .leavesForeignKeysSuspended: "rebuilds.foreignKeysAreSuspendedUntilTheyAreResumedOrReset"
        case .forgetsConditions: "indexes.partialOnesCoverSomeRows"
        case .toleratesSilence: "locks.goWithASilentSession"
        case .ignoresCancelOfARun: "startedStatements.areCancelled"
        case .losesTheErrorOfARun: "startedStatements.failAsOthersDo"
        case .escapesNothing: "literals.meanWhatBoundValuesMean"
        }
    }
}
#endif
