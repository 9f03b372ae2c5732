using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments;

/// <summary>Several sources ask for approvals, and the strictest wins (domain §2.6).</summary>
public static class Strictest
{
    /// <summary>
    /// As many slots of each quality as the source that asks for most of it, and peers until there are as many people as any one of them asks
    /// for: whoever approves with a quality is a peer as well.
    /// </summary>
    /// <param name="sources">Each on its own: the default table, the model, the environment, the risk.</param>
    public static IReadOnlyList<ApproverQuality> Of(params IReadOnlyList<ApproverQuality>[] sources)
    {
        var qualities = Enum.GetValues<ApproverQuality>().Where(quality => quality is not ApproverQuality.Peer)
            .SelectMany(quality => Enumerable.Repeat(quality, sources.Max(source => source.Count(asked => asked == quality)))).ToList();
        var people = sources.Max(source => source.Count);
        return [.. InOrder(qualities, sources), .. Enumerable.Repeat(ApproverQuality.Peer, Math.Max(0, people - qualities.Count))];
    }

    /// <summary>As the first source that asks for it has them.</summary>
    private static IEnumerable<ApproverQuality> InOrder(List<ApproverQuality> qualities, IReadOnlyList<ApproverQuality>[] sources)
    {
        var asked = sources.SelectMany(source => source).Distinct().ToList();
        return qualities.OrderBy(asked.IndexOf);
    }
}
