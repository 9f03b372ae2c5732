namespace DeployHub.Domain.Models.Comparing;

/// <summary>Whether a model authorises more standard changes, fewer, or others: what whoever approves the version has to see.</summary>
internal static class PreAuthorisationChanges
{
    public static IEnumerable<ModelChange> Of(PreAuthorisation? was, PreAuthorisation? now)
    {
        var (before, after) = (InWords(was), InWords(now));
        if (before == after) yield break;

        var kind = was is null ? ChangeKind.Added : now is null ? ChangeKind.Removed : ChangeKind.Changed;
        var sentence = (was, now) switch
        {
            (null, _) => $"pre-authorised: standard changes of {after} need no approval of their own",
            (_, null) => $"no longer pre-authorised: standard changes of {before} are approved one by one",
            _ => $"pre-authorised for {after} (was {before})",
        };
        yield return new ModelChange(new ChangePlace(ModelPart.Applicability, null, "preAuthorised", "preAuthorised"), kind, sentence, before, after);
    }

    private static string InWords(PreAuthorisation? scope) =>
        scope is null ? "nothing" : $"{Words.List(scope.Services)} in {Words.List(scope.Tiers.Select(tier => Words.Of(tier)))}";
}
