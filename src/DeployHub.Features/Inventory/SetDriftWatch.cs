using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Says what is looked at on every target of an environment outside of runs, and how often (domain Appendix A).</summary>
/// <param name="Facts">None looks at nothing any more; what is open stays.</param>
/// <param name="Every">The pause between two looks, such as <c>15m</c>; null looks only when somebody asks.</param>
/// <param name="Seen">The version of the environment that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.SetEnvironmentPolicy)]
public sealed record SetDriftWatch(string Environment, IReadOnlyList<WatchedFact> Facts, string? Every = null, uint? Seen = null) : ICommand<Result>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    internal sealed class Validator : AbstractValidator<SetDriftWatch>
    {
        public Validator()
        {
            RuleFor(command => command.Facts).NotNull().WithMessage("Say what is looked at.").Must(facts => facts is null or { Count: <= WatchedFact.Most }).WithMessage($"Name at most {WatchedFact.Most} facts.");
            RuleFor(command => command.Facts).Custom((facts, context) =>
            {
                foreach (var (index, member, sentence) in WatchedFact.Objections(facts)) context.AddFailure($"Facts[{index}].{member}", sentence);
                foreach (var (index, fact) in facts.Index())
                    if ($"{fact.Name}{fact.File}{fact.Expect}".Contains("${", StringComparison.Ordinal)) context.AddFailure($"Facts[{index}].Name", "Outside of a run nothing fills ${…}: write it out.");
            }).When(command => command.Facts is not null && command.Facts.All(fact => fact?.Name is not null));
            RuleForEach(command => command.Facts).Must(fact => fact?.Name is not null).WithMessage("Say what it is and how it is called.");
            RuleFor(command => command.Every).Must(every => every is null || (Duration.Parse(every) is { Error: null, Value: var pause } && pause >= Shortest)).WithMessage("Write a pause of at least 1m, such as 15m, 1h or 1d.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<SetDriftWatch, Result>
    {
        public async ValueTask<Result> Handle(SetDriftWatch command, CancellationToken cancellationToken)
        {
            var environment = await db.Environments.SingleOrDefaultAsync(environment => environment.Key == command.Environment, cancellationToken);
            if (environment is null) return Error.NotFound("environment", command.Environment);
            if (caller.RefusalAround(Permission.SetEnvironmentPolicy, environment: environment.Key) is { } outOfReach) return outOfReach;
            if (db.ChangedSince(environment, command.Seen) is { } refusal) return refusal;

            environment.WatchFor(new DriftWatch(command.Facts, command.Every));
            await db.SaveChangesAsync(cancellationToken); // what is due is asked of the database
            if (environment.Watch?.Every is not null) await db.AskForScansAsync(doorbell, environment.Key, null, clock.GetUtcNow(), cancellationToken);
            return Result.Success;
        }
    }
}
