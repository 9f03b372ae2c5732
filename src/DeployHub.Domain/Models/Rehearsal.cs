using System.Text.Json.Serialization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Models;

/// <summary>What a rehearsal shows (domain A3 a–d).</summary>
public enum RehearsalCase
{
    /// <summary>A normal pass.</summary>
    Pass,

    /// <summary>A failure that is forced and halts the run.</summary>
    ForcedFailure,

    /// <summary>A rollback from the middle of Execute.</summary>
    Rollback,

    /// <summary>Somebody who did not write the model follows its instructions alone.</summary>
    ByInstructions,
}

/// <summary>Evidence that a version does what it says, bound to its digest: an edit voids it.</summary>
/// <param name="Sentence">What was seen.</param>
/// <param name="By">Who ran it.</param>
public sealed record Rehearsal(RehearsalCase Case, bool Passed, string Sentence, Digest Digest, Actor By, DateTimeOffset At)
{
    /// <summary>How long it is good for (domain §2.1.4).</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(60);

    /// <summary>Such as <c>DEP-2026-000012/R1</c>; null for one at the table.</summary>
    public string? Run { get; init; }

    public TimeSpan? Took { get; init; }

    /// <summary>The second person who walked it through at the table; null when it was run.</summary>
    public string? AtTheTableWith { get; init; }

    /// <summary>Walked through in words, where nothing like the real target can be spared: weaker evidence.</summary>
    [JsonIgnore]
    public bool IsTabletop => AtTheTableWith is not null;

    public bool IsGoodAt(DateTimeOffset at) => Passed && At + Validity >= at;

    /// <summary>What has to be shown before a version counts as tested.</summary>
    public static IReadOnlyList<RehearsalCase> RequiredOf(ModelContent model)
    {
        List<RehearsalCase> required = [RehearsalCase.Pass, RehearsalCase.ForcedFailure];
        if (model.Rollback.IsPossible) required.Add(RehearsalCase.Rollback);
        if (model.AllSteps().Any(place => place.Step.Settings is ManualWork)) required.Add(RehearsalCase.ByInstructions);
        return required;
    }
}
