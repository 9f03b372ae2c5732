namespace DeployHub.Domain.Models.Comparing;

/// <summary>Whether a model may be used in more places, in fewer, or in others.</summary>
internal static class ApplicabilityChanges
{
    public static IEnumerable<ModelChange> Of(Applicability was, Applicability now) =>
    [
        .. Compare("kinds", "components of kind", "components of any kind", [.. was.Kinds.Select(kind => Words.Of(kind))], [.. now.Kinds.Select(kind => Words.Of(kind))]),
        .. Compare("tiers", "environments of tier", "environments of any tier", [.. was.Tiers.Select(tier => Words.Of(tier))], [.. now.Tiers.Select(tier => Words.Of(tier))]),
        .. Compare("services", "the service", "any service", was.Services, now.Services),
    ];

    /// <param name="any">What an empty list means.</param>
    private static IEnumerable<ModelChange> Compare(string member, string noun, string any, IReadOnlyList<string> was, IReadOnlyList<string> now)
    {
        if (was.SequenceEqual(now)) yield break;

        ModelChange Change(ChangeKind kind, string sentence) =>
            new(new ChangePlace(ModelPart.Applicability, null, member, $"appliesTo.{member}"), kind, sentence, was.Count == 0 ? "any" : Shown.List(was), now.Count == 0 ? "any" : Shown.List(now));
        if (now.Count == 0)
        {
            yield return Change(ChangeKind.Changed, $"widened: applies to {any} (was only {Words.List(was)})");
            yield break;
        }

        if (was.Count == 0)
        {
            yield return Change(ChangeKind.Changed, $"narrowed: applies only to {noun} {Words.List(now)} (was {any})");
            yield break;
        }

        var (gained, lost) = (now.Except(was).ToList(), was.Except(now).ToList());
        if (gained.Count > 0) yield return Change(ChangeKind.Added, $"widened: applies also to {noun} {Words.List(gained)}");
        if (lost.Count > 0) yield return Change(ChangeKind.Removed, $"narrowed: no longer applies to {noun} {Words.List(lost)}");
        if (gained.Count + lost.Count == 0) yield return Change(ChangeKind.Moved, $"{member} are listed otherwise; it applies where it did");
    }
}
