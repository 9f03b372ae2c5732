namespace DeployHub.Domain.Models.Validation;

/// <summary>A-V10: the phases are what the approach promises; A-V5: whatever shifts traffic can give it back.</summary>
internal static class ApproachRules
{
    public static IEnumerable<ModelRemark> Check(ModelContent model) => [.. Approach(model), .. Pull(model), .. Traffic(model)];

    private static IEnumerable<ModelRemark> Approach(ModelContent model)
    {
        var (approach, execute) = (model.Approach, model.Execute);
        var phases = (execute.Phases as PhaseList)?.Phases ?? [];
        if (approach is Models.Approach.Rolling && execute.Phases is AllAtOnce)
            yield return ModelRemark.InExecute("phases", "A rolling deployment goes in batches: write phases: { batches: 2 } or { batches: 25% }.");
        if (approach is Models.Approach.BigBang && execute.Phases is not AllAtOnce)
            yield return ModelRemark.InExecute("phases", "A big bang takes all targets in one phase: write phases: all-at-once, or make the approach Rolling or Phased.");
        if (approach is Models.Approach.Phased or Models.Approach.Ring or Models.Approach.Canary or Models.Approach.BlueGreen && phases.Count < 2)
            yield return ModelRemark.InExecute("phases", $"{Words.Title(approach)} needs a list of two phases or more, such as - {{ name: First, targets: 10%, soak: 30m }}.");

        if (approach is Models.Approach.Ring && phases.SkipLast(1).Any(phase => phase.Soak is null && execute.Soak == "0s"))
            yield return ModelRemark.InExecute("phases", "Rings rise in risk, so each but the last is observed for a while: give it a soak.");
        if (approach is Models.Approach.Canary && execute.Watch.Count == 0)
            yield return ModelRemark.InExecute("watch", "A canary is compared with the rest before more follow: add a check to watch, such as check-canary or check-metric.");
        if (approach is Models.Approach.BlueGreen && execute.Switch.Count == 0)
            yield return ModelRemark.InExecute("switch", "Blue/green deploys beside what runs and then switches: say in switch how the traffic is moved.");
        if (approach is Models.Approach.Pull && execute.Distribution is not Distribution.Pull)
            yield return ModelRemark.InExecute("distribution", "With this approach the targets fetch by themselves: write distribution: Pull.");
        if (execute.Watch.Count > 0 && execute.Soak == "0s" && phases.All(phase => phase.Soak is null))
            yield return ModelRemark.InExecute("soak", "The checks in watch look only once, because no phase soaks: give the phases a soak such as 10m.") with { Severity = Severity.Warning };
    }

    private static IEnumerable<ModelRemark> Pull(ModelContent model)
    {
        var (execute, pulls) = (model.Execute, model.Execute.Distribution is Distribution.Pull);
        var fetching = execute.Steps.Count(step => step.Settings is Steps.AwaitPull);
        if (pulls && fetching != 1) yield return ModelRemark.InExecute("steps", "Each target fetches once: give exactly one step that uses pull; its timeout is the deadline.");
        if (!pulls && fetching > 0) yield return ModelRemark.InExecute("distribution", "A step uses pull, so write distribution: Pull.");
        if (pulls && execute.FailureBudget != "0") yield return ModelRemark.InExecute("failureBudget", "With distribution: Pull the quota says how many targets may be missing: take the failure budget away.");
        if (!pulls && execute.Quota is not null) yield return ModelRemark.InExecute("quota", "A quota belongs to distribution: Pull; otherwise the failureBudget says how many targets may fail.");
        if (execute.Quota is { } quota && model.ShareIn(quota, atLeast: 1).Error is { } malformed) yield return ModelRemark.InExecute("quota", malformed.Message);
    }

    private static IEnumerable<ModelRemark> Traffic(ModelContent model)
    {
        var shifts = (model.Execute.Phases as PhaseList)?.Phases.Any(phase => phase.Traffic is not null) == true;
        if (shifts && model.Execute.Switch.Count == 0) yield return ModelRemark.InExecute("switch", "Phases give shares of the traffic, so say here how the traffic is shifted.");
        if (model.Execute.Switch.Count > 0 && model.Rollback is { IsPossible: true, Switch: not { Count: > 0 } })
            yield return new ModelRemark("A-V5", "rollback.switch", Severity.Error, "The phases shift traffic, so say here how it goes back; this is done before any target.");
    }
}
