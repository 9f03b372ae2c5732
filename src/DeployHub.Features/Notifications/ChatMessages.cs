using System.Text.Json;
using System.Text.Json.Nodes;
using DeployHub.Domain;
using DeployHub.Domain.Notifications;

namespace DeployHub.Features.Notifications;

/// <summary>What chats are posted, as their incoming webhooks take it. Whatever people wrote is text there, never a link or a mention.</summary>
internal static class ChatMessages
{
    /// <summary>Slack takes 3,000 characters in a section.</summary>
    private const int Longest = 2800;

    /// <param name="link">Where it is shown; null where nobody said at which address this DeployHub is reached.</param>
    public static string Of(WebhookKind kind, string subject, string sentence, string? link) => kind is WebhookKind.Slack ? Slack(subject, sentence, link) : Teams(subject, sentence, link);

    private static string Slack(string subject, string sentence, string? link)
    {
        var (about, text) = (Escaped(subject), Escaped(Words.Beginning(sentence, Longest)));
        var heading = link is null ? $"*{about}*" : $"<{link}|{about}>";
        return JsonSerializer.Serialize(new
        {
            text = $"{about}: {text}",
            blocks = new[] { new { type = "section", text = new { type = "mrkdwn", text = $"{heading}\n{text}", verbatim = true } } },
        });
    }

    /// <summary>Text runs are shown as they are; a text block would read Markdown in them.</summary>
    private static string Teams(string subject, string sentence, string? link)
    {
        JsonObject card = new()
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = new JsonArray(Run(subject, isBold: true), Run(Words.Beginning(sentence, Longest), isBold: false)),
        };
        if (link is not null) card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Open in DeployHub", ["url"] = link });
        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null, ["content"] = card }),
        }.ToJsonString();
    }

    private static JsonObject Run(string text, bool isBold) => new()
    {
        ["type"] = "RichTextBlock",
        ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = text, ["weight"] = isBold ? "Bolder" : "Default" }),
    };

    /// <summary>The three characters by which Slack begins links, mentions and entities.</summary>
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
