using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>Activity A3: frozen, rehearsed, tested.</summary>
public sealed partial class ModelVersion
{
    /// <summary>Every rehearsal of this text, oldest first.</summary>
    public IReadOnlyList<Rehearsal> Rehearsals { get; private set; } = [];

    /// <summary>The latest of a case; null when there was none.</summary>
    public Rehearsal? LatestOf(RehearsalCase rehearsed) => Rehearsals.LastOrDefault(rehearsal => rehearsal.Case == rehearsed && rehearsal.Digest == Digest);

    /// <summary>
    /// Freezes the text. Refused with <c>model.has-errors</c> while it does not pass the guard A-V, and with <c>model.too-wide</c> when it
    /// applies to everything and nobody said why.
    /// </summary>
    public Result StartTesting(Actor by, DateTimeOffset at)
    {
        if (Status is ModelVersionStatus.Draft && Said is null) return ModelErrors.HasErrors(Number);
        if (Status is ModelVersionStatus.Draft && Said is { AppliesTo: { Kinds.Count: 0, Tiers.Count: 0, Services.Count: 0 } } && string.IsNullOrWhiteSpace(Intent?.WideReason)) return ModelErrors.TooWide;

        return Move(ModelVersionTrigger.StartTesting, by, at, "");
    }

    /// <summary>Refused with <c>rehearsal.other-text</c> when another text was rehearsed than the one that is tested now.</summary>
    public Result Record(Rehearsal rehearsal)
    {
        if (rehearsal.Digest != Digest) return ModelErrors.RehearsedAnotherText(Number);
        if (rehearsal is { Case: RehearsalCase.ByInstructions, IsTabletop: true } && Editors.Any(rehearsal.By.Is)) return ModelErrors.InstructionsByAuthor;

        var moved = Move(ModelVersionTrigger.RecordRehearsal, rehearsal.By, rehearsal.At, $"{Words.Title(rehearsal.Case)}: {rehearsal.Sentence}");
        if (moved.Error is null) Rehearsals = [.. Rehearsals, rehearsal];
        return moved;
    }

    /// <summary>What is still missing, each in a sentence (domain §2.1.4, SOD-5).</summary>
    public IReadOnlyList<string> MissingOfTests(DateTimeOffset at)
    {
        if (Said is null) return [ModelErrors.HasErrors(Number).Message];

        var required = Rehearsal.RequiredOf(Content);
        List<string> missing = [.. required.Select(rehearsed => MissingOf(rehearsed, at)).OfType<string>()];
        var good = required.Select(LatestOf).OfType<Rehearsal>().Where(rehearsal => rehearsal.IsGoodAt(at)).ToList();
        if (missing.Count == 0 && good.TrueForAll(rehearsal => rehearsal.By.Kind is not ActorKind.Person || Editors.Any(rehearsal.By.Is)))
            missing.Add("Whoever wrote the model may not be the only one to rehearse it (SOD-5): somebody else has to run one of the cases.");
        return missing;
    }

    /// <summary>Refused with <c>model.not-rehearsed</c> naming everything that is missing.</summary>
    public Result PassTesting(Actor by, DateTimeOffset at)
    {
        if (Status is ModelVersionStatus.InTest && MissingOfTests(at) is { Count: > 0 } missing) return ModelErrors.NotRehearsed(missing);

        return Move(ModelVersionTrigger.PassTesting, by, at, "");
    }

    /// <summary>
    /// Back to the draft; rehearsals and approval are void, for they were of this text. Refused with <c>model.in-rehearsal</c> while a run goes on
    /// with it: what leads that back is written here.
    /// </summary>
    /// <param name="underWay">Numbers of the rehearsals whose run is not over.</param>
    public Result Reopen(string reason, IReadOnlyList<string> underWay, Actor by, DateTimeOffset at)
    {
        if (underWay.Count > 0) return ModelErrors.InRehearsal(Number, underWay);

        var moved = Move(ModelVersionTrigger.Reopen, by, at, reason);
        if (moved.Error is null) (Rehearsals, Approval) = ([], null);
        return moved;
    }

    private string? MissingOf(RehearsalCase rehearsed, DateTimeOffset at) => LatestOf(rehearsed) switch
    {
        null => $"{Words.Title(rehearsed)} was not rehearsed.",
        { Passed: false } failed => $"{Words.Title(rehearsed)} did not pass: {failed.Sentence}",
        var old when !old.IsGoodAt(at) => $"{Words.Title(rehearsed)} was rehearsed more than {Rehearsal.Validity.TotalDays:0} days ago: rehearse it again.",
        _ => null,
    };
}
