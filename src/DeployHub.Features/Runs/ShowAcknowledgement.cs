using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What people are asked to confirm or to accept, where they can read it, and how many have. Who has is told to themselves, to whoever answers them and to auditors.</summary>
/// <param name="Subject">The target: the readership.</param>
public sealed record ShowAcknowledgement(string Run, Stage Stage, string Subject, int Step) : IQuery<Result<ShowAcknowledgement.View>>
{
    public sealed record View
    {
        public required string Deployment { get; init; }

        public required string Title { get; init; }

        public required string Name { get; init; }

        public required string Statement { get; init; }

        public string? Document { get; init; }

        public required string Component { get; init; }

        public required string Label { get; init; }

        public required Digest Digest { get; init; }

        /// <summary>How far it is: of those who are not exempt.</summary>
        public required Count Counts { get; init; }

        /// <summary>Everybody where the caller may see them; else the caller alone, or nobody.</summary>
        public required IReadOnlyList<Row> Readers { get; init; }

        /// <summary>The caller as a reader; null for everybody else.</summary>
        public Row? Mine { get; init; }

        /// <summary>The deadline; null when nobody is asked now.</summary>
        public DateTimeOffset? Until { get; init; }

        /// <summary>The caller is a reader who can confirm now, once the questions are answered.</summary>
        public required bool IsAsked { get; init; }

        /// <summary>Before confirming, the caller answers the questions.</summary>
        public required bool AsksQuiz { get; init; }

        /// <summary>What is asked before; null for whoever is not asked.</summary>
        public IReadOnlyList<QuizQuestionView>? Quiz { get; init; }

        /// <summary>All that the caller has to read, knowing the version before; null where it is everything.</summary>
        public ChangeNote? Difference { get; init; }

        /// <summary>What is ticked to accept it; null where readers only confirm.</summary>
        public IReadOnlyList<string>? Criteria { get; init; }

        /// <summary>The step is not over, so that somebody who is away may be made exempt.</summary>
        public required bool TakesExemptions { get; init; }

        /// <summary>The step was asked and the run is not over, so that its readers may ask.</summary>
        public required bool TakesQuestions { get; init; }
    }

    /// <param name="Needed">How many have to confirm.</param>
    public sealed record Count(int Readers, int Confirmed, int Exempt, int Needed);

    /// <param name="Quiz">The last try at the questions.</param>
    /// <param name="Earlier">The acknowledgement of the version before, by which only the difference is asked.</param>
    public sealed record Row(Actor Person, AcknowledgementStatus Status, DateTimeOffset? ConfirmedAt, bool IsPlanner, QuizResult? Quiz, Exemption? Exemption, EarlierAcknowledgement? Earlier);

    /// <param name="Several">More than one choice is right.</param>
    /// <param name="Right">Told once the caller has passed; null before.</param>
    public sealed record QuizQuestionView(string Text, IReadOnlyList<string> Choices, bool Several, IReadOnlyList<string>? Right);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowAcknowledgement, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowAcknowledgement query, CancellationToken cancellationToken)
        {
            var run = await db.Runs.AsNoTracking().Include(known => known.TargetRuns.Where(targetRun => targetRun.Stage == query.Stage && targetRun.Subject == query.Subject))
                .SingleOrDefaultAsync(known => known.Name == query.Run, cancellationToken);
            if (Asking(run, query.Step) is not ({ } targetRun, { Settings: AsksPeople settings, Readers: { } readers } step)) return Error.NotFound("acknowledgement", $"{query.Run}, {query.Subject}, step {query.Step}");

            var deployment = await db.Deployments.AsNoTracking().SingleAsync(known => known.Id == run!.DeploymentId, cancellationToken);
            var version = await (from known in db.ComponentVersions
                                 where known.Id == step.VersionId
                                 join component in db.Components on known.ComponentId equals component.Id
                                 select new { component.Key, known.Label, known.Digest }).SingleAsync(cancellationToken);
            var isOpen = targetRun.AwaitsReaders && targetRun.CurrentStep == step && run!.OpenHalt is null;
            var mine = readers.FirstOrDefault(reader => reader.Person.Is(caller.Actor));
            var isAsked = mine is { ConfirmedAt: null } && (isOpen || (step.IsOver && mine.Owes)) && caller.May(Permission.AcknowledgeVersions);
            var seesAll = settings is Accept || await db.SeesReadersAsync(deployment, caller, cancellationToken);
            return new View
            {
                Deployment = deployment.Number,
                Title = deployment.Title,
                Name = step.Name,
                Statement = settings.Question,
                Document = settings.ReadAt,
                Component = version.Key,
                Label = version.Label,
                Digest = version.Digest,
                Counts = new Count(readers.Count, readers.Count(reader => reader.ConfirmedAt is not null), readers.Count(reader => reader.IsExempt), Domain.Runs.Run.Needed(step)),
                Readers = [.. readers.Where(reader => seesAll || reader == mine).Select(reader => RowOf(reader, step))],
                Mine = mine is null ? null : RowOf(mine, step),
                Until = isOpen ? targetRun.DueAt : null,
                IsAsked = isAsked,
                AsksQuiz = isAsked && step.AsksQuizOf(mine!),
                Quiz = mine is { Earlier: null } && settings is Acknowledge { Quiz: { } quiz } ? [.. quiz.Select(question => ViewOf(question, mine))] : null,
                Difference = mine?.Earlier is null ? null : step.Difference,
                Criteria = (settings as Accept)?.Criteria,
                TakesExemptions = settings is Acknowledge && !step.IsOver && !run!.IsOver,
                TakesQuestions = mine is not null && settings is Acknowledge && step.Attempts.Count > 0 && !run!.IsOver,
            };
        }

        private static (TargetRun TargetRun, StepRun Step)? Asking(Run? run, int number)
        {
            var asked = run?.TargetRuns.Select(targetRun => (TargetRun: targetRun, Step: targetRun.Steps.FirstOrDefault(step => step.Number == number && step.Readers is not null))).Where(found => found.Step is not null).ToList() ?? [];
            if (asked.Count == 0) return null;
            var shown = asked.FirstOrDefault(found => found.TargetRun.AwaitsReaders, asked[^1]);
            return (shown.TargetRun, shown.Step!);
        }

        private Row RowOf(Reader reader, StepRun step) => new(reader.Person, reader.StatusIn(step, clock.GetUtcNow()), reader.ConfirmedAt, reader.IsPlanner, reader.Quiz, reader.Exemption, reader.Earlier);

        private static QuizQuestionView ViewOf(QuizQuestion question, Reader mine) => new(question.Text, question.Choices, question.Right.Count > 1, mine.Quiz is { IsPassed: true } ? question.Right : null);
    }
}
