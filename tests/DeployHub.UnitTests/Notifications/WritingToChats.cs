using System.Text.Json.Nodes;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;

namespace DeployHub.UnitTests.Notifications;

public sealed class WritingToChats
{
    private const string Evil = "<!channel> <https://evil.example|click> **[here](https://evil.example)** & more";

    [Fact]
    public void Slack_reads_what_people_wrote_as_text()
    {
        var message = JsonNode.Parse(ChatMessages.Of(WebhookKind.Slack, "DEP-2026-000001 <b>", Evil, "https://hub.example.com/deployments/DEP-2026-000001"))!;

        var block = message["blocks"]![0]!;
        (block["type"]!.GetValue<string>(), block["text"]!["type"]!.GetValue<string>(), block["text"]!["verbatim"]!.GetValue<bool>()).ShouldBe(("section", "mrkdwn", true));
        var text = block["text"]!["text"]!.GetValue<string>();
        text.ShouldStartWith("<https://hub.example.com/deployments/DEP-2026-000001|DEP-2026-000001 &lt;b&gt;>\n&lt;!channel&gt; &lt;https");
        text.ShouldEndWith("&amp; more");
        message["text"]!.GetValue<string>().ShouldNotContain("<!");
    }

    [Fact]
    public void Teams_gets_an_adaptive_card_of_text_runs()
    {
        var message = JsonNode.Parse(ChatMessages.Of(WebhookKind.Teams, "DEP-2026-000001", Evil, "https://hub.example.com/deployments/DEP-2026-000001"))!;

        message["type"]!.GetValue<string>().ShouldBe("message");
        var attachment = message["attachments"]!.AsArray().ShouldHaveSingleItem()!;
        attachment["contentType"]!.GetValue<string>().ShouldBe("application/vnd.microsoft.card.adaptive");
        var card = attachment["content"]!;
        card["type"]!.GetValue<string>().ShouldBe("AdaptiveCard");
        card["body"]!.AsArray().Select(block => block!["type"]!.GetValue<string>()).ShouldAllBe(type => type == "RichTextBlock");
        card["body"]![1]!["inlines"]![0]!["text"]!.GetValue<string>().ShouldBe(Evil);
        card["actions"]![0]!["url"]!.GetValue<string>().ShouldBe("https://hub.example.com/deployments/DEP-2026-000001");
    }

    [Theory]
    [InlineData(WebhookKind.Slack)]
    [InlineData(WebhookKind.Teams)]
    public void What_is_too_long_for_a_chat_is_cut_and_a_link_is_left_out_where_nobody_said_the_address(WebhookKind kind)
    {
        var message = ChatMessages.Of(kind, "REV-2026-000001", new string('x', 10_000), null);

        message.Length.ShouldBeLessThan(10_000);
        message.ShouldNotContain("Action.OpenUrl");
        JsonNode.Parse(message).ShouldNotBeNull();
    }
}
