using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.ChangeTools;

namespace DeployHub.Domain.Deployments;

/// <summary>What happens to the change that the plan names, in the organisation's change tool.</summary>
public sealed partial class Deployment
{
    /// <summary>The change became authorised there, or is not any more.</summary>
    public void TellChange(ChangeSeen seen, string number, string tool, DateTimeOffset at)
    {
        if (seen.IsAuthorised) Append("AuthoriseChange", $"{number} is authorised: it is {seen.InWords} in {tool}.", Actor.System, at);
        else Append("LoseChange", $"{number} is not authorised any more: {(seen.IsKnown ? $"it is {seen.InWords} in {tool}" : $"{tool} does not know it any more")}. Nothing starts until it is.", Actor.System, at);
    }
}
