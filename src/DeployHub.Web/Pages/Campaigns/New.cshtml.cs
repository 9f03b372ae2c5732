using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Campaigns;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Campaigns;

/// <summary>Puts planned deployments in order; a refusal keeps everything that was typed.</summary>
[Authorize(Policy = nameof(Permission.PlanDeployments))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public CampaignForm Input { get; set; } = new();

    /// <param name="deployments">Numbers to begin with, each a wave.</param>
    public void OnGet(string[]? deployments) => Input = new CampaignForm { Waves = string.Join('\n', deployments ?? []) };

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();

        return (await sender.Send(Input.ToCommand(), cancellationToken)).Match(
            number =>
            {
                this.Flash($"{number} is planned. Nothing of it starts before somebody gives the go.");
                return LocalRedirect($"/campaigns/{number}");
            },
            error => this.ShowAgain(OnWaves(error), nameof(Input)));
    }

    /// <summary>A wave is no field of its own here, nor a relation between two.</summary>
    private static Error OnWaves(Error error) => error with
    {
        Fields = error.Fields.GroupBy(field => field.Key.StartsWith(nameof(CampaignForm.Waves), StringComparison.Ordinal) ? nameof(CampaignForm.Waves) : field.Key, field => field.Value)
            .ToDictionary(field => field.Key, field => field.SelectMany(messages => messages).Distinct().ToArray()),
    };
}

/// <summary>A campaign, as it was typed.</summary>
public sealed class CampaignForm
{
    public string? Title { get; set; }

    public string? Goal { get; set; }

    /// <summary>One wave a line, its numbers separated by commas or spaces.</summary>
    public string? Waves { get; set; }

    public int? StopAfter { get; set; }

    public PlanCampaign ToCommand() => new(
        Title ?? "",
        [
            .. (Waves ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(IReadOnlyList<string> (line) => line.Split([',', ' ', ';', '\t'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        ],
        Goal.OrNull(), StopAfter);
}
