using DeployHub.Domain;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.Webhooks;

/// <summary>What people type about a webhook.</summary>
public sealed class WebhookForm
{
    public string? Key { get; set; }

    public string? Name { get; set; }

    public WebhookKind Kind { get; set; }

    public string? Url { get; set; }

    public string? Secret { get; set; }

    public string[] Events { get; set; } = [];

    public string? Service { get; set; }

    public string? Environment { get; set; }

    public uint? Seen { get; set; }

    public CreateWebhook ToCreate() => new(Key ?? "", Name ?? "", Url ?? "", Secret ?? "", Events, Service.OrNull(), Environment.OrNull(), Kind);

    public static string Meaning(WebhookKind kind) => kind switch { WebhookKind.Slack => "Slack", WebhookKind.Teams => "Microsoft Teams", _ => "a program" };

    /// <summary>A refusal names one of the events; the form has them side by side.</summary>
    public static Error ForForm(Error error) => error with
    {
        Fields = error.Fields.GroupBy(field => field.Key.Split('[')[0], field => field.Value).ToDictionary(field => field.Key, field => field.SelectMany(messages => messages).Distinct().ToArray()),
    };

    public ChangeWebhook ToChange(string key) => new(key, Name ?? "", Url ?? "", Secret ?? "", Events, Service.OrNull(), Environment.OrNull(), Seen);

    public static WebhookForm Of(ShowWebhook.View webhook) => new()
    {
        Key = webhook.Key,
        Name = webhook.Name,
        Kind = webhook.Kind,
        Url = webhook.Url,
        Secret = webhook.Secret,
        Events = [.. webhook.Events],
        Service = webhook.Service,
        Environment = webhook.Environment,
        Seen = webhook.RowVersion,
    };
}
