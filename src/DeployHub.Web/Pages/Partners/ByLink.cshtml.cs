using DeployHub.Domain;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Features.Partners;
using DeployHub.Web.Pages.Deployments;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Partners;

/// <summary>What a partner types; who they are as well, because a link may have been passed on.</summary>
public sealed class PartnerAnswer
{
    public string? Deployment { get; set; }

    public int Alignment { get; set; }

    /// <summary>Each form sends its own; there is none by default.</summary>
    public AlignmentReply? Reply { get; set; }

    public string? Name { get; set; }

    public string? Words { get; set; }

    /// <summary>One a line.</summary>
    public string? Conditions { get; set; }

    /// <summary>Time of day.</summary>
    public string? NotBefore { get; set; }

    /// <summary>Time of day.</summary>
    public string? NotAfter { get; set; }

    public Error? Unreadable() => TypedTime.Objection(NotBefore, nameof(NotBefore)) ?? TypedTime.Objection(NotAfter, nameof(NotAfter));

    public AnswerByPartnerLink ToCommand(string token) =>
        new(token, Deployment ?? "", Alignment, Reply, Name ?? "", Words.OrNull(), AlignmentInput.Lines(Conditions), TypedTime.Read(NotBefore), TypedTime.Read(NotAfter));
}

/// <summary>Where a partner's link leads: what concerns their organisation, and nothing else of DeployHub. Made for a phone, and works without script.</summary>
[AllowAnonymous]
public sealed class ByLinkModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    public PartnerAnswer Answer { get; set; } = new();

    [BindProperty]
    public FreezeForm Freeze { get; set; } = new();

    [BindProperty]
    public TakenBackForm TakenBack { get; set; } = new();

    /// <summary>Null when the link opens nothing.</summary>
    public ShowPartnerPage.View? Opened { get; private set; }

    /// <summary>What was typed by a link that opens nothing any more: it is not lost.</summary>
    public IReadOnlyList<string> Unsent => [.. new[] { Answer.Words, Answer.Conditions, Freeze.Name, TakenBack.Reason }.OfType<string>().Where(written => !string.IsNullOrWhiteSpace(written))];

    public string Address => $"/p/{Uri.EscapeDataString(Token)}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) is { } refusal ? this.ShowAgain(refusal) : Page();

    public async Task<IActionResult> OnGetCalendarAsync(CancellationToken cancellationToken)
    {
        var calendar = await sender.Send(new ShowPartnerCalendar(Token), cancellationToken);
        if (calendar.Error is not null) return NotFound();

        return File(System.Text.Encoding.UTF8.GetBytes(calendar.Value), "text/calendar; charset=utf-8", "deployments.ics");
    }

    public async Task<IActionResult> OnPostAnswerAsync(CancellationToken cancellationToken)
    {
        var refusal = this.Unread(nameof(Answer)) ?? Answer.Unreadable() ?? (await sender.Send(Answer.ToCommand(Token), cancellationToken)).Error;
        return await AnswerAsync(refusal, nameof(Answer), $"Your answer is recorded: {(Answer.Reply is { } reply ? Words.Of(reply) : "none")}. Thank you.", cancellationToken);
    }

    public async Task<IActionResult> OnPostFreezeAsync(CancellationToken cancellationToken)
    {
        var refusal = this.Unread(nameof(Freeze)) ?? (await sender.Send(Freeze.ToCommandByLink(Token), cancellationToken)).Error;
        return await AnswerAsync(refusal, nameof(Freeze), $"“{Freeze.Name}” is recorded; planners see it.", cancellationToken);
    }

    public async Task<IActionResult> OnPostTakeBackAsync(CancellationToken cancellationToken)
    {
        var refusal = this.Unread(nameof(TakenBack)) ?? (await sender.Send(TakenBack.ToCommandByLink(Token), cancellationToken)).Error;
        return await AnswerAsync(refusal, nameof(TakenBack), "The freeze is taken back.", cancellationToken);
    }

    private async Task<IActionResult> AnswerAsync(Error? refusal, string prefix, string done, CancellationToken cancellationToken)
    {
        if (refusal is not null)
        {
            await LoadAsync(cancellationToken);
            return this.ShowAgain(refusal, prefix);
        }

        this.Flash(done);
        return LocalRedirect(Address);
    }

    private async Task<Error?> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowPartnerPage(Token), cancellationToken);
        if (shown.Error is { } refusal) return refusal;

        Opened = shown.Value;
        Answer.Name ??= Opened.Contact;
        Freeze.By ??= Opened.Contact;
        TakenBack.By ??= Opened.Contact;
        return null;
    }
}
