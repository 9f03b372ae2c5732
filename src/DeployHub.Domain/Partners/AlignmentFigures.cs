using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;

namespace DeployHub.Domain.Partners;

/// <summary>How well deployments were aligned with one organisation (M3 at the level of a party). Only the answer to the final plan counts.</summary>
/// <param name="Deployments">Those that started and had asked it.</param>
/// <param name="Aligned">It had agreed before the start, and its conditions were met.</param>
/// <param name="Silent">It had said nothing.</param>
/// <param name="Objections">Every one that it ever made to them.</param>
/// <param name="Overrides">Objections against which they went on.</param>
/// <param name="MedianNotice">Working days from the last request to the start; null without a deployment.</param>
/// <param name="MedianAnswer">From a request to its answer; null without one.</param>
public sealed record AlignmentFigures(int Deployments, int Aligned, int Silent, int Objections, int Overrides, double? MedianNotice, TimeSpan? MedianAnswer)
{
    /// <summary>Fewer than that are told as counts: a percentage of so few says nothing.</summary>
    public const int FewestForPercent = 5;

    /// <summary>Null where there are too few to say.</summary>
    public int? AlignedPercent => Deployments < FewestForPercent ? null : (int)Math.Round(100.0 * Aligned / Deployments);

    public static AlignmentFigures Of(IEnumerable<Deployment> deployments, OrganisationId organisation, WorkingDays calendar)
    {
        var started = deployments.Where(deployment => deployment.StartedAt is not null)
            .Select(deployment => (deployment.StartedAt, All: deployment.Alignments.Where(request => request.OrganisationId == organisation).ToList()))
            .Where(asked => asked.All.Exists(request => request.IsCurrent)).ToList();
        var last = started.ConvertAll(asked => (StartedAt: asked.StartedAt!.Value, Request: asked.All.Last(request => request.IsCurrent)));
        var answered = started.SelectMany(asked => asked.All).Where(request => request.Answer is { Way: not AnswerWay.StandingAgreement }).ToList();
        return new AlignmentFigures(
            last.Count,
            last.Count(asked => asked.Request.IsAligned && asked.Request.Answer!.At <= asked.StartedAt),
            last.Count(asked => asked.Request.Status is AlignmentStatus.NoResponse),
            answered.Count(request => request.Answer!.Reply is AlignmentReply.Object),
            last.Count(asked => asked.Request.Status is AlignmentStatus.Overridden),
            Median(last.Select(asked => (double)calendar.Between(asked.Request.AskedAt, asked.StartedAt, WallTime.Zone(asked.Request.TimeZone)))),
            Median(answered.Select(request => (request.Answer!.At - request.AskedAt).TotalSeconds)) is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
