using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>What waits for the caller, what is in motion, what comes next: the first page.</summary>
public sealed record ShowMyWork : IQuery<ShowMyWork.View>
{
    /// <param name="OverdueImprovements">Proposals that have waited for an answer for more than 30 days, which the caller may give.</param>
    /// <param name="OverdueReviews">Reviews that are not closed though their day is over, which the caller may hold.</param>
    /// <param name="ToAcknowledge">What the caller is asked to acknowledge, the most urgent first.</param>
    public sealed record View(
        IReadOnlyList<Item> NeedsYou, IReadOnlyList<Item> InMotion, IReadOnlyList<Item> Waiting, IReadOnlyList<Item> Next, IReadOnlyList<Item> Lately, int OverdueImprovements = 0,
        int OverdueReviews = 0, IReadOnlyList<Publication>? ToAcknowledge = null);

    /// <summary>A published version of a model that the caller is asked to acknowledge.</summary>
    public sealed record Publication(string Slug, string Name, int Number, DateOnly DueOn, bool IsOverdue);

    /// <param name="Why">What is asked, or what happens, in a sentence.</param>
    /// <param name="Asked">What the caller is asked to confirm; null for anything else.</param>
    /// <param name="RunCount">The number of the run that it is about: the latest, or the one that owes a confirmation.</param>
    /// <param name="AsksForHands">Its run has something for people to do.</param>
    /// <param name="Decide">What is decided; null where nothing is.</param>
    /// <param name="OfOthers">The plan names others for what is asked; the caller may take it over.</param>
    /// <param name="HasQuestions">Readers of its run wait for answers that the caller may give.</param>
    /// <param name="FreezeException">Number of the exception from a freeze that the caller is asked to decide about; null for anything else.</param>
    public sealed record Item(
        string Number, string Title, string Environment, DeploymentStatus Status, Outcome? Outcome, string Why, DateTimeOffset At, int RunCount, IReadOnlyList<ListDeployments.StageMark> Stages,
        bool AsksForHands = false, Acknowledgement? Asked = null, bool HasQuestions = false, string? FreezeException = null, Decision? Decide = null, bool OfOthers = false);

    /// <summary>A plan that the caller decides about.</summary>
    /// <param name="Risk">Null for plans from before risks were computed.</param>
    /// <param name="IsOverdue">It was to be decided before now.</param>
    public sealed record Decision(Risk? Risk, bool IsOverdue);

    /// <summary>A step that asks the caller for a confirmation.</summary>
    public sealed record Acknowledgement(Stage Stage, string Subject, int Step);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowMyWork, View>
    {
        private const int Most = 20;

        private IReadOnlyList<Actor> _covers = [];

        public async ValueTask<View> Handle(ShowMyWork query, CancellationToken cancellationToken)
        {
            var open = await ReadAsync(db.Deployments.Where(deployment =>
                deployment.Status == DeploymentStatus.InReview || deployment.Status == DeploymentStatus.Scheduled || deployment.Status == DeploymentStatus.InProgress
                || deployment.Status == DeploymentStatus.Halted).OrderByDescending(deployment => deployment.Number).Take(500), cancellationToken);
            var lately = await ReadAsync(db.Deployments.Where(deployment => deployment.CompletedAt != null).OrderByDescending(deployment => deployment.CompletedAt).Take(8), cancellationToken);
            var residuals = db.ResidualDeployments();
            var left = await ReadAsync(db.Deployments.Where(deployment => deployment.Outcome == Outcome.PartiallyDeployed && !residuals.Any(residual => residual.ResidualOf == deployment.Id))
                .OrderByDescending(deployment => deployment.Number).Take(Most), cancellationToken);
            var toConfirm = (await ToConfirmAsync(open, cancellationToken)).ToLookup(targetRun => targetRun.RunId);
            var hands = await HandsAsync(open, cancellationToken);
            _covers = await db.CoveredByAsync(caller.Actor, clock.GetUtcNow(), cancellationToken);
            var mine = (await OwedApprovalsAsync(cancellationToken)).Concat(open.Concat(left).SelectMany(found => AskedOfMe(found, hands) is { } item ? [item] : ToConfirm(found, toConfirm))).Concat(await OwedAsync(cancellationToken)).Concat(await ExceptionsAsync(cancellationToken)).Concat(open.Where(HasQuestionsForMe).Select(ToAnswer)).OrderBy(item => item.OfOthers).Take(Most).ToList();
            return new View(
                mine,
                [.. open.Where(found => found.Deployment.Status is DeploymentStatus.InProgress).Select(found => ItemOf(found, found.Waiting ?? "Running.")).Take(Most)],
                [.. open.Where(found => found.Deployment.Status is DeploymentStatus.InReview && !mine.Exists(item => item.Number == found.Deployment.Number)).Select(found => ItemOf(found, WaitsFor(found))).Take(Most)],
                [.. open.Where(found => found.Deployment.Status is DeploymentStatus.Scheduled).OrderBy(found => found.Deployment.Slot?.Start ?? DateTimeOffset.MaxValue)
                    .Select(found => ItemOf(found, found.Deployment.Slot is { } slot ? $"Slot {slot.Start:yyyy-MM-dd HH:mm} UTC{(found.Deployment.IsMissed ? ", missed" : "")}." : "May start on demand.")).Take(Most)],
                [.. lately.Select(found => ItemOf(found, ""))],
                await OverdueImprovementsAsync(cancellationToken),
                await OverdueReviewsAsync(cancellationToken),
                await ToAcknowledgeAsync(cancellationToken));
        }

        private async Task<int> OverdueReviewsAsync(CancellationToken cancellationToken)
        {
            if (!caller.May(Permission.HoldReviews)) return 0;

            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            return await db.Reviews.CountAsync(review => review.Status != ReviewStatus.Closed && review.DueOn < today, cancellationToken);
        }

        private async Task<IReadOnlyList<Publication>> ToAcknowledgeAsync(CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person || !caller.May(Permission.AcknowledgeVersions)) return [];

            return await (from reader in db.PublicationReaders
                          where reader.Person == person && (reader.Status == AcknowledgementStatus.Due || reader.Status == AcknowledgementStatus.Overdue)
                          join version in db.ModelVersions on reader.VersionId equals version.Id
                          join model in db.Models on version.ModelId equals model.Id
                          orderby reader.DueOn
                          select new Publication(model.Slug, model.Name, version.Number, reader.DueOn!.Value, reader.Status == AcknowledgementStatus.Overdue)).Take(Most).ToListAsync(cancellationToken);
        }

        private async Task<int> OverdueImprovementsAsync(CancellationToken cancellationToken)
        {
            if (!caller.May(Permission.DecideImprovements)) return 0;

            var owedSince = clock.GetUtcNow() - Improvement.DecidedWithin;
            return await db.Improvements.CountAsync(
                improvement => (improvement.Status == ImprovementStatus.Proposed || improvement.Status == ImprovementStatus.Assessed) && improvement.ProposedAt < owedSince,
                cancellationToken);
        }

        private Item? AskedOfMe(Found found, IReadOnlyDictionary<RunId, IReadOnlyList<Actor>> hands)
        {
            var deployment = found.Deployment;
            return deployment.Status switch
            {
                DeploymentStatus.Halted when caller.May(Permission.ResolveHalts) || caller.May(Permission.RollBack) => ItemOf(found, found.Halt ?? "Halted."),
                DeploymentStatus.InReview or DeploymentStatus.Scheduled when deployment.IsMissed && deployment.Owner.Is(caller.Actor) =>
                    ItemOf(found, $"Its slot passed without a start: give it another one or cancel it. It expires on {deployment.ExpiresAt:yyyy-MM-dd}."),
                DeploymentStatus.InReview when MayApprove(found) => ToDecide(found),
                DeploymentStatus.InProgress when found.WaitingFor is WaitingReason.ManualStep && caller.May(Permission.PerformManualSteps) => ByHand(found, hands),
                DeploymentStatus.Completed when deployment.Owner.Is(caller.Actor) && deployment.Residual.Count > 0 =>
                    ItemOf(found, $"{Words.Count(deployment.Residual.Count, "target")} left out: plan the rest."),
                _ => null,
            };
        }

        /// <summary>Exceptions from freezes that wait for the caller's decision.</summary>
        private async Task<IReadOnlyList<Item>> ExceptionsAsync(CancellationToken cancellationToken)
        {
            var asked = await db.ExceptionsToDecideAsync(caller, cancellationToken);
            if (asked.Count == 0) return [];

            var ids = asked.Select(exception => exception.Deployment).ToList();
            var found = await ReadAsync(db.Deployments.Where(deployment => ids.Contains(deployment.Id)), cancellationToken);
            return [.. from exception in asked
                       from deployment in found
                       where deployment.Deployment.Id == exception.Deployment
                       select ItemOf(deployment, exception.Sentence) with { FreezeException = exception.Number, AsksForHands = false }];
        }

        private Item ToDecide(Found found)
        {
            var deployment = found.Deployment;
            var asked = deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).Select(approval => approval.AskedOf).OfType<Actor>().ToList();
            var absent = asked.Find(person => _covers.Any(person.Is));
            var why = asked.Exists(caller.Actor.Is) ? $"{deployment.Planners[^1].Name} asks for your approval, passed on to you."
                : absent is not null ? $"{deployment.Planners[^1].Name} asks for the approval of {absent.Name}, who is away: you decide in their place."
                : $"{deployment.Planners[^1].Name} asks for your approval.";
            return ItemOf(found, why) with { Decide = new Decision(deployment.Risk, deployment.EmergencyTimerEndsAt < clock.GetUtcNow()) };
        }

        /// <summary>Started without approval, and the caller may say what they think of it.</summary>
        private async Task<IReadOnlyList<Item>> OwedApprovalsAsync(CancellationToken cancellationToken)
        {
            if (!caller.May(Permission.ApproveLate)) return [];

            const string Deferred = """[{"status":"Deferred"}]""";
            var owed = await ReadAsync(db.Deployments
                .FromSql($"select deployment.*, deployment.xmin from deployments deployment where deployment.broken_glass is not null and deployment.approvals @> {Deferred}::jsonb")
                .OrderBy(deployment => deployment.Number).Take(Most), cancellationToken);
            return
            [
                .. from found in owed
                   where !found.Deployment.BrokenGlass!.By.Is(caller.Actor) && !found.Deployment.Planners.Any(caller.Actor.Is)
                   let due = found.Deployment.Owed.Min(approval => approval.DueAt)
                   let isOverdue = due < clock.GetUtcNow()
                   select ItemOf(found, $"{found.Deployment.BrokenGlass!.By.Name} broke the glass: your retrospective approval {(isOverdue ? "was" : "is")} due by {due:yyyy-MM-dd HH:mm} UTC{(isOverdue ? " and is overdue." : ".")}")
                       with { Decide = new Decision(found.Deployment.Risk, isOverdue) },
            ];
        }

        /// <summary>Whom the plans name for what waits in each run; a run is not among them when anybody may do something in it.</summary>
        private async Task<IReadOnlyDictionary<RunId, IReadOnlyList<Actor>>> HandsAsync(IReadOnlyList<Found> open, CancellationToken cancellationToken)
        {
            var naming = open.Where(found => found is { WaitingFor: WaitingReason.ManualStep, Run: not null } && found.Deployment.People.Count > 0).ToDictionary(found => found.Run!.Value, found => found.Deployment);
            if (naming.Count == 0) return new Dictionary<RunId, IReadOnlyList<Actor>>();

            var runs = naming.Keys.ToList();
            var waiting = await db.TargetRuns.AsNoTracking().Where(targetRun => runs.Contains(targetRun.RunId) && targetRun.Status == TargetRunStatus.WaitingForPerson).ToListAsync(cancellationToken);
            return waiting.Where(targetRun => targetRun.CurrentStep?.Settings is ManualWork).GroupBy(targetRun => targetRun.RunId)
                .Select(run => (Run: run.Key, Named: run.Select(targetRun => ((ManualWork)targetRun.CurrentStep!.Settings).Slot is { } slot ? naming[run.Key].PeopleOf(slot) : []).ToList()))
                .Where(run => run.Named.TrueForAll(people => people.Count > 0))
                .ToDictionary(run => run.Run, run => (IReadOnlyList<Actor>)[.. run.Named.SelectMany(people => people).DistinctBy(person => person.Id)]);
        }

        private Item ByHand(Found found, IReadOnlyDictionary<RunId, IReadOnlyList<Actor>> hands)
        {
            if (found.Run is not { } run || !hands.TryGetValue(run, out var named)) return ItemOf(found, found.Waiting ?? "");
            return named.Any(caller.Actor.Is)
                ? ItemOf(found, $"You are named for it. {found.Waiting}")
                : ItemOf(found, $"{found.Waiting} {Words.List(named.Select(person => person.Name))} {(named.Count == 1 ? "is" : "are")} named for it; take it over if you have to.") with { OfOthers = true };
        }

        private bool HasQuestionsForMe(Found found) => found.Questions is not null && caller.RefusalOf(Permission.AnswerQuestions, found.Service, found.Deployment.Plan.Environment) is null;

        private static Item ToAnswer(Found found) => ItemOf(found, $"Readers ask: {found.Questions}.") with { HasQuestions = true, AsksForHands = false };

        /// <summary>Confirmations that the caller owes since an absence, whatever became of the step meanwhile.</summary>
        private async Task<IReadOnlyList<Item>> OwedAsync(CancellationToken cancellationToken)
        {
            if (!caller.May(Permission.AcknowledgeVersions)) return [];

            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var runs = await db.Runs.Where(run => run.OwedFrom <= today).Select(run => new { run.Id, run.Number, run.DeploymentId }).ToListAsync(cancellationToken);
            if (runs.Count == 0) return [];

            var (ids, deployments) = (runs.Select(run => run.Id.Value).ToArray(), runs.Select(run => run.DeploymentId).ToList());
            var reader = JsonSerializer.Serialize(new[] { new { readers = new[] { new { person = new { id = caller.Actor.Id } } } } });
            var owed = (await db.TargetRuns.FromSql($"select * from target_runs where run_id = any({ids}) and steps @> {reader}::jsonb").AsNoTracking().ToListAsync(cancellationToken)).ToLookup(targetRun => targetRun.RunId);
            var found = await ReadAsync(db.Deployments.Where(deployment => deployments.Contains(deployment.Id)), cancellationToken);
            return [.. from deployment in found
                       from run in runs
                       where run.DeploymentId == deployment.Deployment.Id
                       from targetRun in owed[run.Id]
                       from step in targetRun.Steps
                       where step is { Settings: Acknowledge, IsOver: true, Readers: { } readers } && readers.Any(known => known.Person.Is(caller.Actor) && known is { Owes: true, Exemption: { } exemption } && exemption.Until <= today)
                       select ItemOf(deployment, $"Confirm, now that you are back: {((AsksPeople)step.Settings).Question}") with { RunCount = run.Number, AsksForHands = false, Asked = new Acknowledgement(targetRun.Stage, targetRun.Subject, step.Number) }];
        }

        /// <summary>Where the caller is a reader and has not confirmed yet.</summary>
        private async Task<IReadOnlyList<TargetRun>> ToConfirmAsync(IReadOnlyList<Found> open, CancellationToken cancellationToken)
        {
            if (!caller.May(Permission.AcknowledgeVersions)) return [];

            var runs = open.Where(found => found.Deployment.Status is DeploymentStatus.InProgress && found.Run is not null).Select(found => found.Run!.Value.Value).ToArray();
            var reader = JsonSerializer.Serialize(new[] { new { status = nameof(StepStatus.WaitingForPerson), readers = new[] { new { person = new { id = caller.Actor.Id } } } } });
            var asking = await db.TargetRuns.FromSql($"select * from target_runs where run_id = any({runs}) and status = 'WaitingForPerson' and steps @> {reader}::jsonb").AsNoTracking().ToListAsync(cancellationToken);
            return [.. asking.Where(targetRun => targetRun is { AwaitsReaders: true, CurrentStep.Readers: { } readers } && readers.Any(known => known.Person.Is(caller.Actor) && known is { ConfirmedAt: null, IsExempt: false }))];
        }

        private static IEnumerable<Item> ToConfirm(Found found, ILookup<RunId, TargetRun> toConfirm) =>
            found.Deployment.Status is DeploymentStatus.InProgress && found.Run is { } run
                ? toConfirm[run].Select(targetRun => ItemOf(found, $"{(targetRun.CurrentStep!.Settings is Accept ? "Accept" : "Confirm")}: {((AsksPeople)targetRun.CurrentStep.Settings).Question}{Reminder(targetRun)}") with { Asked = new Acknowledgement(targetRun.Stage, targetRun.Subject, targetRun.CurrentStep.Number) })
                : [];

        private static string Reminder(TargetRun targetRun) => targetRun.CurrentStep!.Reminded == 0 ? "" : $" A reminder: it is due by {targetRun.DueAt:yyyy-MM-dd HH:mm} UTC.";

        private static string WaitsFor(Found found) => found.Deployment.Approvals.All(approval => approval.Status is not ApprovalStatus.Pending)
            ? $"Waits for {Words.List(found.Deployment.Alignments.Where(request => request is { IsCurrent: true, IsSettled: false }).Select(request => request.Name))} to agree."
            : $"Waits for approval by {Words.List(found.Deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).Select(approval => approval.WhoCould).Distinct())}.";

        private bool MayApprove(Found found)
        {
            var deployment = found.Deployment;
            var roles = caller.RolesIn(found.Service, deployment.Plan.Environment);
            var qualities = caller.QualitiesIn(found.Service, deployment.Plan.Environment);
            return caller.May(Permission.ApprovePlans) && !deployment.Planners.Any(caller.Actor.Is)
                && deployment.Approvals.Any(approval => approval.Status is ApprovalStatus.Pending && ApprovalPolicy.Qualifies(approval.Slot, roles, qualities))
                && !deployment.Approvals.Any(approval => approval.Status is ApprovalStatus.Approved && approval.DecidedBy!.Is(caller.Actor));
        }

        private async Task<IReadOnlyList<Found>> ReadAsync(IQueryable<Deployment> deployments, CancellationToken cancellationToken)
        {
            var rows = await (from deployment in deployments.AsNoTracking()
                              join service in db.Services on deployment.ServiceId equals service.Id
                              from run in db.Runs.Where(run => run.DeploymentId == deployment.Id && run.Number == deployment.RunCount).DefaultIfEmpty()
                              select new { deployment, service.Key, Run = run }).AsNoTracking().ToListAsync(cancellationToken);
            return [.. rows.Select(row => new Found(row.deployment, row.Key, row.Run?.Id, row.Run?.WaitingFor, row.Run?.WaitingSentence, row.Run?.OpenHalt?.Sentence, row.Run is { IsOver: false } asking ? asking.QuestionsInWords : null, row.Run?.Stages ?? []))];
        }

        private static Item ItemOf(Found found, string why) => new(
            found.Deployment.Number, found.Deployment.Title, found.Deployment.Plan.Environment, found.Deployment.Status, found.Deployment.Outcome, why,
            found.Deployment.CompletedAt ?? found.Deployment.StartedAt ?? found.Deployment.SubmittedAt ?? found.Deployment.CreatedAt, found.Deployment.RunCount,
            [.. found.Stages.Select(stage => new ListDeployments.StageMark(stage.Stage, stage.Status))], found.WaitingFor is WaitingReason.ManualStep);

        private sealed record Found(Deployment Deployment, string Service, RunId? Run, WaitingReason? WaitingFor, string? Waiting, string? Halt, string? Questions, IReadOnlyList<StageRun> Stages);
    }
}
