using System.Xml;

namespace DeployHub.Domain.Inventory.Testing;

/// <summary>
/// Reads the XML that JUnit and most test runners write. Tests are counted, not what the document says of their number; a test that passed when it
/// was repeated has passed. Refused with <c>test-report.…</c>: no well-formed XML, a document type, another root, absurd depth.
/// </summary>
public static class JUnitReport
{
    /// <summary>Bytes.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int DeepestElement = 64;

    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };

    public static Result<TestResults> Parse(byte[] document)
    {
        if (document.Length > MostBytes) return Refusal("too-large", $"is larger than {MostBytes / 1024 / 1024} MiB. Report the suites one by one, or without their output.");

        try
        {
            using var reader = XmlReader.Create(new MemoryStream(document), Strict);
            return Read(reader);
        }
        catch (XmlException exception)
        {
            return document.AsSpan().IndexOf("<!DOCTYPE"u8) >= 0
                ? Refusal("malformed", "has a document type (<!DOCTYPE …>), which no test report needs and which could make it read other files. Take it away.")
                : Refusal("malformed", $"is no well-formed XML: look at line {exception.LineNumber}, position {exception.LinePosition}.");
        }
    }

    private static Result<TestResults> Read(XmlReader reader)
    {
        reader.MoveToContent();
        if (reader.LocalName is not ("testsuites" or "testsuite")) return Refusal("not-junit", $"begins with <{Shortened(reader.LocalName)}>, not with <testsuites> or <testsuite>. Let the test runner write JUnit's format.");

        int passed = 0, failed = 0, skipped = 0;
        var names = new List<string>();
        while (reader.Read())
        {
            if (reader.Depth > DeepestElement) return TooDeep;
            if (reader.NodeType is not XmlNodeType.Element || reader.LocalName is not "testcase") continue;

            var name = NameOf(reader);
            switch (WhatBecameOf(reader))
            {
                case null:
                    return TooDeep;
                case Became.Failed:
                    failed++;
                    if (names.Count < TestResults.MostNamed) names.Add(name);
                    break;
                case Became.Skipped:
                    skipped++;
                    break;
                case Became.Passed:
                    passed++;
                    break;
            }
        }

        return new TestResults(passed, failed, skipped, names);
    }

    private static Error TooDeep => Refusal("too-deep", $"has elements inside each other more than {DeepestElement} times, which no test runner writes.");

    /// <summary>Leaves the reader at the end of the test; null when something in it is too deep. GoogleTest says only in an attribute that it was not run.</summary>
    private static Became? WhatBecameOf(XmlReader reader)
    {
        var wasRun = (reader.GetAttribute("status") ?? reader.GetAttribute("result"))?.ToLowerInvariant() is not ("notrun" or "disabled" or "skipped" or "suppressed")
            && reader.GetAttribute("result")?.ToLowerInvariant() is not ("skipped" or "suppressed");
        var (became, depth) = (wasRun ? Became.Passed : Became.Skipped, reader.Depth);
        if (reader.IsEmptyElement) return became;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.Depth > DeepestElement) return null;
            if (reader.NodeType is not XmlNodeType.Element || reader.Depth != depth + 1) continue;
            if (reader.LocalName is "failure" or "error") became = Became.Failed;
            if (reader.LocalName is "skipped" && became is Became.Passed) became = Became.Skipped;
        }

        return became;
    }

    private static string NameOf(XmlReader reader)
    {
        var (group, name) = (reader.GetAttribute("classname"), reader.GetAttribute("name") ?? "a test without a name");
        return Shortened(string.IsNullOrEmpty(group) ? name : $"{group}.{name}");
    }

    private static string Shortened(string text) => Words.Beginning(text.ReplaceLineEndings(" "), TestResults.LongestName - 2);

    private static Error Refusal(string rule, string sentence) => Error.Invalid($"test-report.{rule}", "JUnit", $"The report {sentence}");

    private enum Became
    {
        Passed,
        Failed,
        Skipped,
    }
}
