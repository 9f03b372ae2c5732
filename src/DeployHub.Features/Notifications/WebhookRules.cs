using DeployHub.Domain.Notifications;
using DeployHub.Features.Inventory;
using FluentValidation;

namespace DeployHub.Features.Notifications;

/// <summary>What is said of a webhook when it is made and when it is changed.</summary>
internal interface IDescribesWebhook
{
    string Name { get; }

    string Url { get; }

    string Secret { get; }

    IReadOnlyList<string> Events { get; }
}

internal sealed class WebhookRules : AbstractValidator<IDescribesWebhook>
{
    public WebhookRules()
    {
        RuleFor(webhook => webhook.Name).NotEmpty().WithMessage("This must not be empty.").MaximumLength(200).WithMessage("Use at most 200 characters.");
        RuleFor(webhook => webhook.Url).Must(StoreRules.IsAddress).WithMessage("Write an address such as https://chat.example.com/hooks/deployhub, without user, password, query or fragment.");
        RuleFor(webhook => webhook.Secret).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("Name the secret that signs: a receiver trusts nothing unsigned.").IsSecretName();
        RuleFor(webhook => webhook.Events).NotEmpty().WithMessage("Choose at least one event.");
        RuleForEach(webhook => webhook.Events).Must(EventTypes.All.Contains).WithMessage($"There is no event “{{PropertyValue}}”. There are {string.Join(", ", EventTypes.All)}.");
    }
}
