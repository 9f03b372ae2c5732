using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Features.Models.Analysis;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

/// <summary>What stands behind one signal.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class SignalModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    /// <summary>Such as <c>S1</c>.</summary>
    [FromRoute]
    public string Code { get; set; } = "";

    [FromQuery]
    public string? Subject { get; set; }

    [FromQuery]
    public int? Version { get; set; }

    public ShowSignal.View Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<SignalCode>(Code, out var code) || !Enum.IsDefined(code)) return NotFound();

        var shown = await sender.Send(new ShowSignal(Slug, code, string.IsNullOrEmpty(Subject) ? null : Subject, Version), cancellationToken);
        if (shown.Error is not null) return this.ShowAgain(shown.Error);

        Shown = shown.Value;
        return Page();
    }
}
