import Testing

@testable import AuthFort

@Suite struct DisplayNameTests {
    @Test(arguments: [
        Example("Ann", "Ann"),
        Example("  Ann \t\r\n  Lee\u{3000}", "Ann Lee"),
        Example("Zoë", "Zoë"),
        Example("Zoe\u{308}", "Zoe\u{308}"),
        Example("A\u{0}n\u{1}n\u{7F}\u{9F}", "Ann"),
        Example("a\u{1C}b", "ab"),
        Example("O'Brien \"Jo\"", "O'Brien \"Jo\""),
        Example("\u{FEFF}Ann", "Ann"),
        Example("", nil),
        Example(" \u{85} ", nil),
    ])
    func whiteSpaceAndControlCharactersAreTidied(_ example: Example) throws {
        #expect(try spelling(DisplayName.normalize(example.text)) == spelling(example.expected))
    }

    @Test(arguments: [
        Example("AT&T", "AT&amp;T"),
        Example("AT&amp;T", "AT&amp;T"),
        Example("1 < 2 > 0", "1 &lt; 2 &gt; 0"),
        Example("a\u{A0}b", "a&nbsp;b"),
        Example("&copy;&#65;&#x41;&notit;", "©AA¬it;"),
        Example("&lt;b&gt;", "&lt;b&gt;"),
        Example("I <3 you", "I &lt;3 you"),
        Example("&#0;&#x80;", "\u{FFFD}€"),
    ])
    func charactersOfMarkupAreEscaped(_ example: Example) throws {
        #expect(try spelling(DisplayName.normalize(example.text)) == spelling(example.expected))
    }

    @Test(arguments: [
        Example("<b>Ann</b> <i>Lee", "Ann Lee"),
        Example("Ann<!-- x --> Lee", "Ann Lee"),
        Example("Ann<script>alert(1)</script><style>b{}</style>", "Ann"),
        Example("Ann <ann@example.com>", "Ann"),
        Example("Ann<img src=x onerror='alert(1)'>", "Ann"),
        Example("Ann<a href=\"javascript:1\">Lee</a>", "AnnLee"),
        Example("<b\u{1}>Ann", "Ann"),
        Example("<\u{1}b>Ann", "&lt;b&gt;Ann"),
        Example("<script>Ann", nil),
        Example("<textarea><b>Ann</b></textarea>", "&lt;b&gt;Ann&lt;/b&gt;"),
        Example("<table>a<tr>b<td>c</table>d", "abcd"),
        Example("a<template>b</template>c", "ac"),
        Example("a<?php b ?>c<!doctype html>d</>e", "acde"),
    ])
    func tagsAreRemoved(_ example: Example) throws {
        #expect(try spelling(DisplayName.normalize(example.text)) == spelling(example.expected))
    }

    @Test(arguments: [
        Example("a<svg onload=x>b<text>c</text>d</svg>e", "abde"),
        Example("a<text>b</text>c", "ac"),
        Example("a<TEXT>b</TEXT>c", "ac"),
        Example("a<math><mi>b</mi></math>c", "ac"),
        Example("a<svg><p>b", "ab"),
        Example("a<text>b</other>c", "a"),
        Example("a<in x='>'>b", "a"),
    ])
    func elementsOfSVGAndMathMLGoWithTheirText(_ example: Example) throws {
        #expect(try spelling(DisplayName.normalize(example.text)) == spelling(example.expected))
    }

    @Test(arguments: [
        Example("<noscript><p title=\"</noscript><b>x\">", "&lt;p title=\"x\"&gt;"),
        Example("<isindex prompt=x>Ann", "Ann"),
        Example("<select><style>x</style><option>Ann", "Ann"),
        Example("<textarea><noscript></textarea>", "&lt;noscript&gt;"),
        Example("cite/&#xF0000;sin=&#xF0000; <sin>", "cite/\u{F0000}sin=\u{F0000}"),
        Example(noncharacters, noncharacters),
    ])
    func oldRulesOfTheParserDoNotShow(_ example: Example) throws {
        #expect(try spelling(DisplayName.normalize(example.text)) == spelling(example.expected))
    }

    @Test func lengthIsLimitedInCodePointsOfTheStoredForm() {
        #expect(throws: Never.self) { try DisplayName.normalize(String(repeating: "😀", count: 255)) }
        #expect(throws: AuthError.nameTooLong) { try DisplayName.normalize(String(repeating: "a", count: 256)) }
        #expect(throws: AuthError.nameTooLong) { try DisplayName.normalize(String(repeating: "&", count: 52)) }
    }

    /// Each of these makes a deep or a large tree.
    ///
    /// None may end the process or take long.
    @Test(arguments: [
        "<b>", "<div>", "<svg>", "<table>", "<x>", "<", "&", "<select>", "<b><p>", "<object><a>", "<!--", "\u{0}",
    ])
    func markupWithoutEndIsBounded(_ part: String) throws {
        let longest = String(repeating: part, count: PlainText.maximumInputLength / part.utf8.count)
        _ = try? DisplayName.normalize(longest)
        #expect(throws: AuthError.nameTooLong) { try DisplayName.normalize(longest + part + "<b>Ann</b>") }
    }

    @Test(arguments: ["AT&T", "1 < 2", "a\u{A0}b", "<b>Ann</b> &lt;b&gt;", "<xmp><i></xmp>", "&amp;amp;"])
    func storedFormIsItsOwnStoredForm(_ text: String) throws {
        let once = try #require(try DisplayName.normalize(text))
        #expect(try DisplayName.normalize(once) == once)
    }
}

/// U+FDD0 and U+FFFF, which no literal may have, and the character that stands in for the first of them in other texts.
private let noncharacters = String(decoding: [0xFDD0, 0xFFFF, 0xDB80, 0xDC00] as [UInt16], as: UTF16.self)
