using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Improving;

/// <summary>
/// Begins the work on an accepted improvement: it is written in the version of its model that is open, or in the next one, which is drafted from
/// the one in use; or a task is done instead. Where the linked draft was discarded, another one takes its place.
/// </summary>
/// <param name="TaskLink">The address of the task, where no version of the model has to change.</param>
/// <param name="Seen">The row version of the improvement that was looked at before; another one is refused.</param>
[Requires(Permission.EditModels)]
public sealed record StartImprovement(string Number, string? TaskLink = null, uint? Seen = null) : ICommand<Result<StartImprovement.Started>>
{
    /// <param name="Version">Number of the version in which it is written; null where a task is done.</param>
    /// <param name="IsDrafted">The version was drafted for it; false where one was open already.</param>
    public sealed record Started(string Number, string Model, int? Version, bool IsDrafted);

    internal sealed class Validator : AbstractValidator<StartImprovement>
    {
        public Validator() => RuleFor(command => command.TaskLink).IsLinkOrNothing();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<StartImprovement, Result<Started>>
    {
        private const int LongestNeed = 1990; // that of a version's intent, with … behind it

        public async ValueTask<Result<Started>> Handle(StartImprovement command, CancellationToken cancellationToken)
        {
            var found = await db.FindImprovementAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } unknown) return unknown;

            var (improvement, at) = (found.Value, clock.GetUtcNow());
            var linked = await db.LinkedVersionAsync(improvement, cancellationToken);
            if (improvement.RefusalToStart(linked) is { } refusal) return refusal;

            var model = await db.Models.SingleAsync(model => model.Id == improvement.ModelId, cancellationToken);
            return command.TaskLink is { } task
                ? Answer(improvement.StartElsewhere(task, linked, caller.Actor, at), new Started(improvement.Number, model.Slug, null, IsDrafted: false))
                : await InVersionAsync(improvement, model, linked, at, cancellationToken);
        }

        private async Task<Result<Started>> InVersionAsync(Improvement improvement, Model model, ModelVersion? linked, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var unpublished = db.ModelVersions.Where(version => version.ModelId == model.Id && version.PublishedAt == null);
            var open = (await unpublished.ToListAsync(cancellationToken)).Find(version => version.IsOpen);
            var draft = open is not null ? open : await db.DraftNextAsync(model, null, IntentOf(improvement), caller.Actor, at, cancellationToken);
            if (draft.Error is { } refusal) return refusal;

            return Answer(improvement.Start(draft.Value, linked, caller.Actor, at), new Started(improvement.Number, model.Slug, draft.Value.Number, IsDrafted: open is null));
        }

        private static Result<Started> Answer(Result done, Started started) => done.Error is { } refusal ? refusal : started;

        /// <summary>What the improvement is judged by is what the version is made for.</summary>
        private static ModelIntent IntentOf(Improvement improvement)
        {
            var need = improvement.Hypothesis.Length > 0 ? $"{improvement.Title}: {improvement.Hypothesis}" : improvement.Title;
            var intent = new ModelIntent(Words.Beginning(need, LongestNeed)) { Reference = improvement.Number };
            return improvement.Goal is not { } goal ? intent : goal.Metric switch
            {
                ImprovementMetric.SuccessRate => intent with { SuccessRate = decimal.Round((decimal)goal.Target * 100, 2) },
                ImprovementMetric.LeadTime => intent with { LeadTime = Written(goal.Target) },
                ImprovementMetric.Duration => intent with { DurationP50 = Written(goal.Target) },
                _ => intent,
            };
        }

        /// <summary>As <see cref="Duration"/> reads it.</summary>
        private static string Written(double seconds)
        {
            var (amount, unit) = (seconds % 3600, seconds % 60) switch { (0, _) => (seconds / 3600, "h"), (_, 0) => (seconds / 60, "m"), _ => (seconds, "s") };
            return string.Create(CultureInfo.InvariantCulture, $"{amount:0.###}{unit}");
        }
    }
}
