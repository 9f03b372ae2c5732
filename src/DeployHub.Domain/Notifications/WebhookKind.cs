namespace DeployHub.Domain.Notifications;

/// <summary>Who reads what is posted.</summary>
public enum WebhookKind
{
    /// <summary>A program: messages are signed as Standard Webhooks say.</summary>
    Program,

    /// <summary>A channel of Slack. Whoever knows its address may post, so the address is a secret.</summary>
    Slack,

    /// <summary>A channel or chat of Microsoft Teams, by a workflow. Whoever knows its address may post, so the address is a secret.</summary>
    Teams,
}
