using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>
/// What a partner's link shows: what waits for an answer, what comes and what was, of deployments that concern this organisation. Nothing of other
/// organisations, and nothing of how it is carried out.
/// </summary>
public sealed record ShowPartnerPage(string Token) : IQuery<Result<ShowPartnerPage.View>>
{
    /// <param name="Contact">Whom the link was made for.</param>
    /// <param name="TimeZone">IANA name of the clock that times are read on.</param>
    /// <param name="Asks">What has been asked and not answered, the most urgent first.</param>
    /// <param name="Answered">What has been answered and has not started.</param>
    /// <param name="Upcoming">What concerns it, the soonest first; at most 100.</param>
    /// <param name="Freezes">Its own that are not over.</param>
    public sealed record View(
        string Organisation, string Contact, DateTimeOffset ExpiresAt, string TimeZone, IReadOnlyList<Ask> Asks, IReadOnlyList<Ask> Answered,
        IReadOnlyList<Row> Upcoming, IReadOnlyList<Freeze> Freezes);

    /// <param name="Number">Of the request, within the deployment.</param>
    /// <param name="Versions">Component and label of each that comes.</param>
    /// <param name="Changes">What changes, in plain words.</param>
    /// <param name="MustDo">What they have to do; empty for nothing.</param>
    /// <param name="Planner">Whom to talk to.</param>
    /// <param name="Tests">What is known of the tests of these versions.</param>
    /// <param name="Differences">What is otherwise than in the request before, a sentence each.</param>
    /// <param name="Before">What was answered to the request before.</param>
    public sealed record Ask(
        string Deployment, int Number, string Title, string Service, string Environment, IReadOnlyList<string> Versions, string Changes, string MustDo, string Planner, Slot? Slot,
        DateTimeOffset Deadline, bool IsShortNotice, AlignmentStatus Status, string? Answer, IReadOnlyList<Condition> Conditions, IReadOnlyList<string> Tests,
        IReadOnlyList<string> Differences, string? Before);

    public sealed record Condition(string Text, bool IsMet);

    /// <param name="Word">Where it stands, in words for people outside.</param>
    public sealed record Row(string Deployment, string Service, string Environment, Slot? Slot, DateTimeOffset? EndedAt, DeploymentStatus Status, Outcome? Outcome, string Word);

    /// <param name="Number">By which it is taken back.</param>
    public sealed record Freeze(int Number, string Name, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowPartnerPage, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowPartnerPage query, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var opened = await db.OpenPartnerLinkAsync(query.Token, at, cancellationToken);
            if (opened.Error is { } closed) return closed;

            var (link, organisation) = (opened.Value.Link, opened.Value.Organisation);
            var seen = await db.ConcerningAsync(organisation, at, cancellationToken);
            var tests = await TestsAsync(seen, cancellationToken);
            var current = seen.Where(found => found.Deployment.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled)
                .SelectMany(found => found.Deployment.Alignments.Where(request => request.OrganisationId == organisation.Id && request.IsCurrent), (found, request) => AskOf(found, request, tests))
                .OrderBy(ask => ask.Deadline).ToList();
            return new View(
                organisation.Name, link.Name, link.ExpiresAt, organisation.TimeZone,
                [.. current.Where(ask => ask.Answer is null)], [.. current.Where(ask => ask.Answer is not null)],
                [.. seen.Select(found => RowOf(found)).OrderBy(row => row.EndedAt is not null).ThenBy(row => row.Slot?.Start ?? row.EndedAt ?? at).Take(100)],
                [.. organisation.FreezesAfter(at).OrderBy(freeze => freeze.StartsAt).Select(freeze => new Freeze(freeze.Number, freeze.Name, freeze.StartsAt, freeze.EndsAt, freeze.TimeZone))]);
        }

        private static Ask AskOf(ConcerningDeployment found, AlignmentRequest request, ILookup<DeploymentId, string> tests)
        {
            var deployment = found.Deployment;
            var before = request.Replaces is { } number ? deployment.Alignments.First(known => known.Number == number) : null;
            return new Ask(
                deployment.Number, request.Number, deployment.Title, found.Service, found.Environment, request.Versions, found.ChangesInWords,
                deployment.PartnerNote?.MustDo ?? "", deployment.Owner.Name, deployment.Slot, request.Deadline, request.IsShortNotice, request.Status, Said(request), [.. request.Conditions.Select(condition => new Condition(condition.Text, condition.IsMet))],
                [.. tests[deployment.Id]], before is null ? [] : request.DifferencesFrom(before), before is null ? null : Said(before));
        }

        private static string? Said(AlignmentRequest request)
        {
            if (request.Answer is not { } answer) return null;

            var how = answer.Way is AnswerWay.Link ? "" : $" ({Words.Of(answer.Way)})";
            var conditions = request.Conditions.Count == 0 ? "" : $" ({Words.List(request.Conditions.Select(condition => $"“{condition.Text}”"))})";
            var words = answer.Words.Length == 0 ? "." : $": {answer.Words}";
            return $"{Words.Title(answer.Reply)}{conditions}, said {answer.Name} on {WallTime.Said(answer.At, request.TimeZone)}{how}{words}";
        }

        private static Row RowOf(ConcerningDeployment found) => new(
            found.Deployment.Number, found.Service, found.Environment, found.Deployment.Slot, found.Deployment.CompletedAt, found.Deployment.Status, found.Deployment.Outcome, found.WordOutside);

        /// <summary>How many tests of the versions passed: no names, which are ours.</summary>
        private async Task<ILookup<DeploymentId, string>> TestsAsync(IReadOnlyList<ConcerningDeployment> seen, CancellationToken cancellationToken)
        {
            var planned = seen.Where(found => found.Deployment.Alignments.Count > 0)
                .SelectMany(found => found.Deployment.Plan.Versions, (found, version) => (found.Deployment.Id, Version: version)).ToList();
            var ids = planned.Select(pair => pair.Version.VersionId).OfType<ComponentVersionId>().Distinct().ToList();
            var reports = await db.TestReports.AsNoTracking().Where(report => ids.Contains(report.VersionId)).OrderByDescending(report => report.RanAt).Take(500).ToListAsync(cancellationToken);
            return (from pair in planned
                    let newest = reports.Where(report => report.VersionId == pair.Version.VersionId).DistinctBy(report => report.Suite).ToList()
                    where newest.Count > 0
                    let passed = newest.Sum(report => report.Results.Passed)
                    let all = newest.Sum(report => report.Results.All)
                    select (pair.Id, Text: $"{pair.Version.Component} {pair.Version.Label}: {passed} of {Words.Count(all, "test")} passed."))
                .ToLookup(pair => pair.Id, pair => pair.Text);
        }
    }
}
