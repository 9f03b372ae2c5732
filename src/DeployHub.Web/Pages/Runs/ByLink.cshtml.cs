using DeployHub.Domain;
using DeployHub.Features.Runs;
using DeployHub.Web.Hosting;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Runs;

/// <summary>Where a supplier's link leads: the steps of one run that it opens, and nothing else of DeployHub.</summary>
[AllowAnonymous]
public sealed class ByLinkModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    public AnswerInput Answer { get; set; } = new();

    /// <summary>Null when the link opens nothing.</summary>
    public ShowTasksByLink.View? Opened { get; private set; }

    public string Address => $"/by-link?token={Uri.EscapeDataString(Token)}";

    public Checklist Checklist => new(Opened!.Tasks, null, $"{Address}&handler=Answer", null, Answer);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) is { } refusal ? this.ShowAgain(refusal) : Page();

    public async Task<IActionResult> OnPostAnswerAsync(CancellationToken cancellationToken)
    {
        var result = await sender.Send(new AnswerByLink(Token, await Answer.ToCommandAsync("", cancellationToken)), cancellationToken);
        if (result.Error is { } error)
        {
            await LoadAsync(cancellationToken);
            return this.ShowAgain(error);
        }

        this.Flash($"“{Words.Title(Answer.Answer)}” is recorded for {Answer.Subject}.");
        return LocalRedirect(Address);
    }

    private async Task<Error?> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowTasksByLink(Token), cancellationToken);
        if (shown.Error is { } refusal) return refusal;

        Opened = shown.Value;
        Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyWith(Opened.Tasks.Now.Concat(Opened.Tasks.Later.Select(later => later.Task)).Select(task => task.Picture).OfType<string>());
        return null;
    }
}
