namespace DeployHub.Web.Pages.Environments.Targets;

/// <summary>The two pages that show a target's fields.</summary>
public interface IHasTargetForm
{
    TargetForm Input { get; }
}
