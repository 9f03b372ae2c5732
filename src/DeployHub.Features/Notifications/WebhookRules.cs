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

/// <summary>A chat's address is its secret; a program's is none, and what comes there is signed.</summary>
internal static class WebhookAddress
{
    private const string Rule = "Write an address such as https://ci.example.com/hooks/deployhub, without user, password, query or fragment.";

    private const string IsSecret = "Leave this empty: whoever knows the address of a chat may post there, so it is kept as the secret named below.";

    public static string RuleOf(WebhookKind kind) => kind is WebhookKind.Program ? Rule : IsSecret;

    public static bool IsRight(WebhookKind kind, string url) => kind is WebhookKind.Program ? StoreRules.IsAddress(url) : url.Length == 0;
}

internal sealed class WebhookRules : AbstractValidator<IDescribesWebhook>
{
    public WebhookRules()
    {
        RuleFor(webhook => webhook.Name).NotEmpty().WithMessage("This must not be empty.").MaximumLength(200).WithMessage("Use at most 200 characters.");
        RuleFor(webhook => webhook.Secret).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("Name the secret: the key that signs, or a chat’s address, which lets whoever knows it post there.").IsSecretName();
        RuleFor(webhook => webhook.Events).NotEmpty().WithMessage("Choose at least one event.");
        RuleForEach(webhook => webhook.Events).Must(EventTypes.Names.Contains).WithMessage($"There is no event “{{PropertyValue}}”. There are {string.Join(", ", EventTypes.Names)}.");
    }
}
