using DeployHub.Domain;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Pages.Access;

/// <summary>The chat of somebody's own.</summary>
public sealed partial class NotificationsModel
{
    public sealed class ChatForm
    {
        public WebhookKind Kind { get; set; } = WebhookKind.Slack;

        public string? Address { get; set; }

        public MailTiming Urgent { get; set; }

        public MailTiming Actionable { get; set; }

        public MailTiming Info { get; set; }

        public MailTiming Digest { get; set; }

        public ChoosePersonalChat ToCommand() => new(Kind, Address, Urgent, Actionable, Info, Digest);
    }

    [BindProperty]
    public ChatForm Chat { get; set; } = new();

    public ShowPersonalChat.View? ShownChat { get; private set; }

    public async Task<IActionResult> OnPostChatAsync(CancellationToken cancellationToken)
    {
        ForgetOthers(nameof(Input));
        if (ModelState.IsValid)
        {
            var chosen = await sender.Send(Chat.ToCommand(), cancellationToken);
            if (chosen.Error is null) return Done(string.IsNullOrWhiteSpace(Chat.Address) ? "Your choices are saved." : "A test message is on its way. Once it has arrived, your chat is told what you chose.");

            this.ShowAgain(chosen.Error, nameof(Chat));
        }

        if (await LoadAsync(cancellationToken) is { } refused) return refused;

        Input = Chosen();
        return Page();
    }

    public async Task<IActionResult> OnPostTestChatAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(await sender.Send(new TestPersonalChat(), cancellationToken), "A test message is on its way.", cancellationToken);

    public async Task<IActionResult> OnPostLeaveChatAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(await sender.Send(new LeavePersonalChat(), cancellationToken), "The address is forgotten.", cancellationToken);

    private async Task<IActionResult> AnswerAsync(Result result, string said, CancellationToken cancellationToken)
    {
        if (result.Error is not { } refusal) return Done(said);

        ModelState.Clear();
        await OnGetAsync(cancellationToken);
        return this.ShowAgain(refusal);
    }

    private RedirectResult Done(string said)
    {
        this.Flash(said);
        return Redirect("/account/notifications");
    }

    /// <summary>Two forms are on the page, and one of them was sent: what is missing of the other is no fault.</summary>
    private void ForgetOthers(string form)
    {
        foreach (var field in ModelState.Keys.Where(key => key.StartsWith(form + ".", StringComparison.Ordinal)).ToList()) ModelState.Remove(field);
    }

    private ChatForm ChosenChat() => new()
    {
        Kind = ShownChat!.Kind ?? WebhookKind.Slack,
        Urgent = ShownChat.Urgent,
        Actionable = ShownChat.Actionable,
        Info = ShownChat.Info,
        Digest = ShownChat.Digest,
    };
}
