using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Notifications;

/// <summary>Tells another system of what happens from now on. Answers its key.</summary>
/// <param name="Url">Where messages are posted; empty for a chat, whose address is a secret.</param>
/// <param name="Secret">Name of the secret that signs, or that is a chat's address, never its value; each worker has to know it.</param>
/// <param name="Events">Such as <c>run.halted</c>.</param>
/// <param name="Service">Key of the only service it is told of; null for all.</param>
/// <param name="Environment">Key of the only environment it is told of; null for all.</param>
/// <param name="Kind">Who reads what is posted; never changes.</param>
[Requires(Permission.ManageSettings)]
public sealed record CreateWebhook(
    string Key, string Name, string Url, string Secret, IReadOnlyList<string> Events, string? Service = null, string? Environment = null, WebhookKind Kind = WebhookKind.Program)
    : ICommand<Result<string>>, IDescribesWebhook
{
    internal sealed class Validator : AbstractValidator<CreateWebhook>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Kind).IsInEnum();
            RuleFor(command => command.Url).Must((command, url) => WebhookAddress.IsRight(command.Kind, url ?? "")).WithMessage(command => WebhookAddress.RuleOf(command.Kind));
            Include(new WebhookRules());
        }
    }

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<CreateWebhook, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(CreateWebhook command, CancellationToken cancellationToken)
        {
            if (await db.UnknownScopeAsync(command.Service, command.Environment, cancellationToken) is { } unknown) return unknown;

            db.Webhooks.Add(Webhook.Create(command.Key, command.Name, command.Url, command.Secret, command.Events, command.Service, command.Environment, command.Kind));
            return command.Key;
        }
    }
}
