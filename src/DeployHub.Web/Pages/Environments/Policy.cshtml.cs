using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Environments;

[Authorize(Policy = nameof(Permission.SetEnvironmentPolicy))]
public sealed class PolicyModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public Form Input { get; set; } = new();

    public string EnvironmentName { get; private set; } = "";

    public IReadOnlyList<SelectListItem> Others { get; private set; } = [];

    public ShowEnvironment.View? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return (await sender.Send(new ShowEnvironment(Key), cancellationToken)).Match(
            environment =>
            {
                Input = Form.Of(environment);
                return Page();
            },
            error => this.ShowAgain(error));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (!ModelState.IsValid) return Page();

        var result = await sender.Send(Input.ToCommand(Key), cancellationToken);
        if (result.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        return result.Match(
            () =>
            {
                this.Flash("The policy is saved. Plans that are not approved yet must meet it.");
                return Redirect($"/environments/{Key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var all = (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows;
        EnvironmentName = all.FirstOrDefault(environment => environment.Key == Key)?.Name ?? Key;
        Others = [.. all.Where(environment => environment.Key != Key).Select(environment => new SelectListItem(environment.Name, environment.Key))];
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        SavedMeanwhile = (await sender.Send(new ShowEnvironment(Key), cancellationToken)).Value;
        ModelState.Remove("Input.Seen");
        Input.Seen = SavedMeanwhile.RowVersion;
    }

    public sealed class Form
    {
        public int MinimumApprovals { get; set; }

        public int MaxExcludedPercent { get; set; }

        public string? PromotionSource { get; set; }

        public bool ChangeReferenceRequired { get; set; }

        /// <summary>One slug a line.</summary>
        public string? AllowedModels { get; set; }

        public uint? Seen { get; set; }

        public SetEnvironmentPolicy ToCommand(string key) => new(
            key, MinimumApprovals, MaxExcludedPercent,
            (AllowedModels ?? "").Split(['\n', ',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), PromotionSource.OrNull(), Seen, ChangeReferenceRequired);

        public static Form Of(ShowEnvironment.View environment) => new()
        {
            MinimumApprovals = environment.Policy.MinimumApprovals,
            MaxExcludedPercent = environment.Policy.MaxExcludedPercent,
            PromotionSource = environment.Policy.PromotionSource,
            ChangeReferenceRequired = environment.Policy.ChangeReferenceRequired,
            AllowedModels = string.Join('\n', environment.Policy.AllowedModels ?? []),
            Seen = environment.RowVersion,
        };
    }
}
