using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Notifications;

/// <summary>Says anew where a webhook goes and what it is told of. What waits goes to the new address.</summary>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.ManageSettings)]
public sealed record ChangeWebhook(string Key, string Name, string Url, string Secret, IReadOnlyList<string> Events, string? Service = null, string? Environment = null, uint? Seen = null)
    : ICommand<Result>, IDescribesWebhook
{
    internal sealed class Validator : AbstractValidator<ChangeWebhook>
    {
        public Validator() => Include(new WebhookRules());
    }

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<ChangeWebhook, Result>
    {
        public async ValueTask<Result> Handle(ChangeWebhook command, CancellationToken cancellationToken)
        {
            var found = await db.WebhookAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (db.ChangedSince(found.Value, command.Seen) is { } changed) return changed;
            if (!WebhookAddress.IsRight(found.Value.Kind, command.Url ?? "")) return Error.Invalid(Error.InvalidInput, nameof(Url), WebhookAddress.RuleOf(found.Value.Kind));
            if (await db.UnknownScopeAsync(command.Service, command.Environment, cancellationToken) is { } unknown) return unknown;

            found.Value.Change(command.Name, command.Url ?? "", command.Secret, command.Events, command.Service, command.Environment);
            return Result.Success;
        }
    }
}
