using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>
/// Defines a variable of a service, or replaces its values. Steps read it as <c>${variable.name}</c>; the value with the most specific scope
/// wins. Plans that are made already keep what they resolved.
/// </summary>
/// <param name="Values">Each with a scope of its own; no scope covers every target of every environment.</param>
/// <param name="Seen">The version that was looked at before, 0 for none; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.RegisterServices)]
public sealed record SetVariable(string Service, string Name, IReadOnlyList<ScopedValue> Values, string? Description = null, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<SetVariable>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsKey();
            RuleFor(command => command.Description).MaximumLength(500).WithMessage("Use at most 500 characters.");
            RuleFor(command => command.Values).NotEmpty().WithMessage("Give it at least one value.").Must(values => values is null or { Count: <= 100 }).WithMessage("Use at most 100 values.");
            RuleForEach(command => command.Values).NotNull().WithMessage("Write the value.").ChildRules(value =>
            {
                value.RuleFor(one => one.Value).NotEmpty().WithMessage("Write the value.").MaximumLength(1000).WithMessage("Use at most 1000 characters.");
                value.RuleFor(one => one.Environment).Must(key => key is null || Key.IsValid(key)).WithMessage(Key.Rule);
                value.RuleFor(one => one.Target).Must(name => name is null || Key.IsValid(name)).WithMessage(Key.Rule);
                value.When(one => one.Labels is not null, () => value.RuleFor(one => one.Labels!).AreLabels());
            });
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<SetVariable, Result>
    {
        public async ValueTask<Result> Handle(SetVariable command, CancellationToken cancellationToken)
        {
            var service = await db.Services.SingleOrDefaultAsync(service => service.Key == command.Service, cancellationToken);
            if (service is null) return Error.NotFound("service", command.Service);
            if (caller.RefusalAround(Permission.RegisterServices, service: service.Key) is { } outOfReach) return outOfReach;
            if (await UnknownPlaceAsync(command.Values, cancellationToken) is { } unknown) return unknown;

            var variable = await db.Variables.SingleOrDefaultAsync(known => known.ServiceId == service.Id && known.Name == command.Name, cancellationToken);
            return variable is null ? Define(service, command) : Change(variable, command);
        }

        private Result Define(Service service, SetVariable command)
        {
            if (command.Seen is > 0) return Conflicts.ChangedMeanwhile; // it was there when the sender looked
            var defined = Variable.Define(service.Id, command.Name, command.Description ?? "", command.Values, caller.Actor, clock.GetUtcNow());
            if (defined.Error is { } refusal) return refusal;

            db.Variables.Add(defined.Value);
            return Result.Success;
        }

        private Result Change(Variable variable, SetVariable command) =>
            command.Seen is 0 ? InventoryErrors.VariableNameTaken
            : db.ChangedSince(variable, command.Seen) is { } refusal ? refusal
            : variable.Change(command.Description ?? "", command.Values, caller.Actor, clock.GetUtcNow());

        /// <summary>A scope that nothing can ever match is a spelling mistake.</summary>
        private async Task<Error?> UnknownPlaceAsync(IReadOnlyList<ScopedValue> values, CancellationToken cancellationToken)
        {
            var environments = await db.Environments.Select(environment => environment.Key).ToListAsync(cancellationToken);
            for (var i = 0; i < values.Count; i++)
            {
                var (environment, target) = (values[i].Environment, values[i].Target);
                if (environment is not null && !environments.Contains(environment)) return InventoryErrors.Unknown("environment", $"Values[{i}].Environment", environment);
                if (target is not null && !await db.Targets.AnyAsync(
                    known => known.Name == target && known.RetiredAt == null && (environment == null || db.Environments.Any(owner => owner.Id == known.EnvironmentId && owner.Key == environment)), cancellationToken))
                    return InventoryErrors.Unknown("target", $"Values[{i}].Target", environment is null ? target : $"{environment}/{target}");
            }

            return null;
        }
    }
}
