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

/// <summary>Says what an environment asks of every deployment to it (domain §1.3, Appendix A).</summary>
/// <param name="AllowedModels">Slugs of models; empty allows every applicable one.</param>
/// <param name="PromotionSource">Key of the environment in which the same digests must have succeeded before; null for none.</param>
/// <param name="ChangeReferenceRequired">Every plan names the change under which it happens.</param>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.SetEnvironmentPolicy)]
public sealed record SetEnvironmentPolicy(
    string Key, int MinimumApprovals, int MaxExcludedPercent, IReadOnlyList<string>? AllowedModels = null, string? PromotionSource = null, uint? Seen = null,
    bool ChangeReferenceRequired = false)
    : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<SetEnvironmentPolicy>
    {
        public Validator()
        {
            RuleFor(command => command.MinimumApprovals).InclusiveBetween(0, 10).WithMessage("Ask for 0 to 10 approvals.");
            RuleFor(command => command.MaxExcludedPercent).InclusiveBetween(0, 100).WithMessage("A percentage lies between 0 and 100.");
            RuleFor(command => command.AllowedModels!).Must(models => models.Count <= 100 && models.All(Domain.Key.IsValid))
                .WithMessage("Name models by their slugs, such as rolling-web-service.").When(command => command.AllowedModels is not null);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<SetEnvironmentPolicy, Result>
    {
        public async ValueTask<Result> Handle(SetEnvironmentPolicy command, CancellationToken cancellationToken)
        {
            var environments = await db.Environments.ToDictionaryAsync(environment => environment.Key, cancellationToken);
            if (!environments.TryGetValue(command.Key, out var environment)) return Error.NotFound("environment", command.Key);
            if (caller.RefusalAround(Permission.SetEnvironmentPolicy, environment: environment.Key) is { } outOfReach) return outOfReach;
            if (db.ChangedSince(environment, command.Seen) is { } refusal) return refusal;
            if (command.PromotionSource is { } source && Objection(environments, command.Key, source) is { } objection) return objection;

            environment.Govern(new EnvironmentPolicy(
                command.MinimumApprovals, command.MaxExcludedPercent, command.AllowedModels is { Count: > 0 } models ? models : null, command.PromotionSource, command.ChangeReferenceRequired));
            return Result.Success;
        }

        private static Error? Objection(Dictionary<string, Environment> environments, string key, string source)
        {
            if (source == key) return InventoryErrors.EnvironmentPromotesToItself;
            if (!environments.TryGetValue(source, out var before)) return InventoryErrors.Unknown("environment", nameof(PromotionSource), source);

            for (var steps = 0; before is not null && before.Key != key && steps < environments.Count; steps++)
                before = before.Policy.PromotionSource is { } further ? environments.GetValueOrDefault(further) : null;
            return before?.Key == key ? InventoryErrors.PromotionGoesInACircle(source) : null;
        }
    }
}
