using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Runs;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Runs;

/// <summary>What somebody is asked to confirm or to accept, and the buttons that do it.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class AcknowledgementModel(ISender sender, Caller caller) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int N { get; set; }

    [BindProperty(SupportsGet = true)]
    public Stage Stage { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Subject { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int Step { get; set; }

    public ShowAcknowledgement.View Asked { get; private set; } = null!;

    public string Query => $"stage={Stage}&subject={Uri.EscapeDataString(Subject)}&step={Step}";

    public string Address => $"/deployments/{Number}/runs/{N}/acknowledgement?{Query}";

    /// <summary>The criteria that were ticked.</summary>
    [BindProperty]
    public List<string> Met { get; set; } = [];

    /// <summary>Why it is rejected.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    public string BodyWith(string name, object value) => JsonSerializer.Serialize(new Dictionary<string, object> { ["stage"] = Stage.ToString(), ["subject"] = Subject, ["step"] = Step, [name] = value });

    public string Body => JsonSerializer.Serialize(new { stage = Stage.ToString(), subject = Subject, step = Step });

    /// <summary>Why there is no button.</summary>
    public string WhyNotAsked => Asked.Readers.FirstOrDefault(reader => reader.Person.Is(caller.Actor)) switch
    {
        { ConfirmedAt: not null } => Asked.Criteria is null ? "You have confirmed this." : "You have accepted this.",
        not null when Asked.Until is null => "Nobody is asked to confirm this now.",
        not null => "You are a reader of this, but none of your roles may confirm.",
        null when Asked.Criteria is not null => "You are not among those who accept it; nobody can for others.",
        null => "You are not among the readers; nobody can confirm for others.",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowAcknowledgement($"{Number}/R{N}", Stage, Subject, Step), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Asked = found.Value;
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        SendAsync(new AcknowledgeVersion($"{Number}/R{N}", Stage, Subject, Step), "You have confirmed that you have read and understood this.", cancellationToken);

    public Task<IActionResult> OnPostAcceptAsync(CancellationToken cancellationToken) =>
        SendAsync(new AcceptVersion($"{Number}/R{N}", Stage, Subject, Step, Met), "You have accepted this.", cancellationToken);

    public Task<IActionResult> OnPostRejectAsync(CancellationToken cancellationToken) =>
        SendAsync(new RejectVersion($"{Number}/R{N}", Stage, Subject, Step, Reason ?? ""), "You have rejected this; the run halts.", cancellationToken);

    private async Task<IActionResult> SendAsync(ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        var result = await sender.Send(command, cancellationToken);
        if (result.Error is null)
        {
            this.Flash(done);
            return Redirect(Address);
        }

        var shown = await OnGetAsync(cancellationToken);
        return Asked is null ? shown : this.ShowAgain(result.Error);
    }
}
