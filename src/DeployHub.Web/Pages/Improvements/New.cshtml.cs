using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Improvements;

/// <summary>A proposal; what an analysis showed fills it in by the address.</summary>
[Authorize(Policy = nameof(Permission.ProposeImprovements))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public ProposalForm Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Models { get; private set; } = [];

    /// <param name="model">Slug of the model that it is about.</param>
    /// <param name="signal">Code of the signal that asks for it, such as <c>S1</c>.</param>
    /// <param name="subject">Where that was seen.</param>
    /// <param name="evidence">What else it rests on.</param>
    public async Task OnGetAsync(string? model, string? signal, string? subject, string[]? evidence, CancellationToken cancellationToken)
    {
        var seen = string.IsNullOrWhiteSpace(signal) ? [] : new[] { $"{signal} {subject?.ReplaceLineEndings(" ")}".Trim() };
        Input = new ProposalForm { Model = model, Evidence = string.Join('\n', seen.Concat(evidence ?? [])) };
        await LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return (await sender.Send(Input.ToCommand(), cancellationToken)).Match(
            number =>
            {
                this.Flash($"{number} is proposed.");
                return LocalRedirect($"/improvements/{number}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Models = [.. (await sender.Send(new ListModels(Limit: 200), cancellationToken)).Rows.Select(row => new SelectListItem(row.Name, row.Slug))];
}
