using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Admin;

/// <summary>By which mail server mails go.</summary>
[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class MailModel(ISender sender) : PageModel
{
    public sealed class ServerForm
    {
        public string Host { get; set; } = "";

        public int Port { get; set; }

        public MailTls Tls { get; set; }

        public string User { get; set; } = "";

        public string Secret { get; set; } = "";

        public string Sender { get; set; } = "";

        public string SenderName { get; set; } = "";

        public bool IsOn { get; set; }

        public SetMailServer ToCommand() => new(Host, Port, Sender, Tls, User.OrNull(), Secret.OrNull(), SenderName, IsOn);
    }

    [BindProperty]
    public ServerForm Input { get; set; } = new();

    public ShowMailServer.View? Shown { get; private set; }

    public static string Meaning(MailTls tls) => tls switch
    {
        MailTls.StartTls => "STARTTLS, usually on port 587",
        MailTls.FromTheBeginning => "TLS from the beginning, usually on port 465",
        _ => "none, for a server on the same machine only",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Error? refusal = null;
        if (ModelState.IsValid && (refusal = (await sender.Send(Input.ToCommand(), cancellationToken)).Error) is null)
        {
            this.Flash("The mail server is saved. Send yourself a mail to see whether it arrives.");
            return Redirect("/admin/mail");
        }

        await LoadAsync(cancellationToken);
        return refusal is null ? Page() : this.ShowAgain(refusal, nameof(Input));
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear(); // the other form was not sent
        var sent = await sender.Send(new TestMail(), cancellationToken);
        if (sent.Error is { } refusal)
        {
            await LoadAsync(cancellationToken);
            Fill();
            return this.ShowAgain(refusal);
        }

        this.Flash("A mail to you is on its way; its answer stands among the deliveries in a few seconds.");
        return Redirect("/admin/mail");
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => Shown = (await sender.Send(new ShowMailServer(), cancellationToken)).Value; // whoever comes here may see it

    private void Fill() => Input = new ServerForm
    {
        Host = Shown!.Host,
        Port = Shown.Port,
        Tls = Shown.Tls,
        User = Shown.User ?? "",
        Secret = Shown.Secret ?? "",
        Sender = Shown.Sender,
        SenderName = Shown.SenderName,
        IsOn = Shown.IsOn || Shown.Host.Length == 0,
    };
}
