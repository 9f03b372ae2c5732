using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Access;

/// <summary>About what somebody gets mails, and when.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed partial class NotificationsModel(ISender sender) : PageModel
{
    public sealed class ChoicesForm
    {
        public MailTiming Urgent { get; set; }

        public MailTiming Actionable { get; set; }

        public MailTiming Info { get; set; }

        public MailTiming Digest { get; set; }

        public string Zone { get; set; } = "";

        public TimeOnly? QuietFrom { get; set; }

        public TimeOnly? QuietUntil { get; set; }

        public ChooseNotifications ToCommand() => new(Urgent, Actionable, Info, Digest, QuietFrom, QuietUntil, Zone);
    }

    [BindProperty]
    public ChoicesForm Input { get; set; } = new();

    public ShowNotificationChoices.View? Shown { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } refused) return refused;

        (Input, Chat) = (Chosen(), ChosenChat());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ForgetOthers(nameof(Chat));
        if (ModelState.IsValid)
        {
            var chosen = await sender.Send(Input.ToCommand(), cancellationToken);
            if (chosen.Error is null)
            {
                this.Flash("Your choices are saved.");
                return Redirect("/account/notifications");
            }

            this.ShowAgain(chosen.Error, nameof(Input));
        }

        if (await LoadAsync(cancellationToken) is { } refused) return refused;

        Chat = ChosenChat();
        return Page();
    }

    private ChoicesForm Chosen() => new()
    {
        Urgent = Shown!.Urgent,
        Actionable = Shown.Actionable,
        Info = Shown.Info,
        Digest = Shown.Digest,
        Zone = Shown.Zone,
        QuietFrom = Shown.QuietFrom,
        QuietUntil = Shown.QuietUntil,
    };

    /// <summary>Null when there is something to show.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowNotificationChoices(), cancellationToken);
        if (found.Error is { } refusal) return this.ShowAgain(refusal);

        Shown = found.Value;
        ShownChat = (await sender.Send(new ShowPersonalChat(), cancellationToken)).Value;
        return null;
    }
}
