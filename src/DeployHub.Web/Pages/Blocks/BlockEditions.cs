using DeployHub.Domain.Models.Blocks;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Blocks;

/// <summary>How versions of a block are shown.</summary>
internal static class BlockEditions
{
    /// <summary>Which of the six shapes (UI-2) a version's status is.</summary>
    public static MarkState Mark(BlockVersionStatus status) => status switch
    {
        BlockVersionStatus.Published => MarkState.Passed,
        BlockVersionStatus.Draft => MarkState.Waiting,
        _ => MarkState.Cancelled,
    };

    public static string Icon(BlockVersionTrigger move) => move switch
    {
        BlockVersionTrigger.Edit => "pencil",
        BlockVersionTrigger.Retire or BlockVersionTrigger.Discard => "archive",
        _ => "circle-check",
    };

    /// <summary>What somebody did, after their name.</summary>
    public static string Past(BlockVersionTrigger move) => move switch
    {
        BlockVersionTrigger.Edit => "drafted it",
        BlockVersionTrigger.Publish => "published it",
        BlockVersionTrigger.Import => "imported and published it",
        BlockVersionTrigger.Retire => "retired it",
        _ => "discarded it",
    };
}
