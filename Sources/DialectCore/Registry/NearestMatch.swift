/// The candidate that needs the fewest edits to become `text`, if at most a third of its letters differ.
func nearestMatch(to text: String, in candidates: [String]) -> String? {
    candidates
        .map { (candidate: $0, distance: editDistance(text, $0)) }
        .filter { $0.distance > 0 && $0.distance <= max(1, $0.candidate.count / 3) }
        .min { $0.distance < $1.distance }?
        .candidate
}

/// The number of insertions, deletions and replacements between two texts (Levenshtein's distance).
private func editDistance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (leftIndex, leftCharacter) in left.enumerated() {
        var diagonal = row[0]
        row[0] = leftIndex + 1
        for (rightIndex, rightCharacter) in right.enumerated() {
            let replaced = diagonal + (leftCharacter == rightCharacter ? 0 : 1)
            diagonal = row[rightIndex + 1]
            row[rightIndex + 1] = min(replaced, row[rightIndex] + 1, diagonal + 1)
        }
    }
    return row[right.count]
}
