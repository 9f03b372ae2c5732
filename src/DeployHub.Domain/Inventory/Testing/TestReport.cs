using DeployHub.Domain.Access;

namespace DeployHub.Domain.Inventory.Testing;

/// <summary>Evidence that a suite of tests was run on exactly this content (domain §2.2.2 B2). Never changes: a suite that ran again is another report.</summary>
public sealed class TestReport
{
    private TestReport() { }

    public TestReportId Id { get; private init; }

    public ComponentVersionId VersionId { get; private init; }

    /// <summary>What was tested: the version's digest.</summary>
    public Digest Digest { get; private init; }

    /// <summary>Such as <c>unit</c> or <c>end-to-end</c>.</summary>
    public string Suite { get; private init; } = "";

    public TestResults Results { get; private init; } = new(0, 0, 0, []);

    public DateTimeOffset RanAt { get; private init; }

    /// <summary>Where the whole report can be read; null when nobody told.</summary>
    public string? Link { get; private init; }

    /// <summary>Over the bytes that were reported, to find them again; null when only numbers were.</summary>
    public Digest? Document { get; private init; }

    public Actor ReportedBy { get; private init; } = Actor.System;

    public DateTimeOffset ReportedAt { get; private init; }

    /// <summary>Refused with <c>test-report.other-content</c> when something else was tested, <c>test-report.empty</c> without a test and <c>test-report.in-the-future</c>.</summary>
    /// <param name="tested">The digest of the version or of one of its artefacts.</param>
    public static Result<TestReport> Of(ComponentVersion version, Digest tested, string suite, TestResults results, DateTimeOffset? ranAt, string? link, Digest? document, Actor by, DateTimeOffset at)
    {
        if (tested != version.Digest && version.Artefacts.All(artefact => artefact.Digest != tested)) return InventoryErrors.TestedOtherContent(version.Label, version.Digest);
        if (results.All == 0) return Error.Invalid("test-report.empty", "Results", "The report holds no test, which shows nothing. Look why the suite ran none.");
        if (ranAt > at.AddMinutes(5)) return Error.Invalid("test-report.in-the-future", "RanAt", "The tests are said to have run in the future. Set the clock of the machine that ran them.");

        return new TestReport
        {
            Id = TestReportId.New(),
            VersionId = version.Id,
            Digest = version.Digest,
            Suite = suite,
            Results = results,
            RanAt = ranAt ?? at,
            Link = link,
            Document = document,
            ReportedBy = by,
            ReportedAt = at,
        };
    }
}
