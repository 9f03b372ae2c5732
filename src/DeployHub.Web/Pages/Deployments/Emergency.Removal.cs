using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>An emergency that takes a component away, as when it is attacked: the short form asks for the decision, and for nothing else.</summary>
public sealed partial class EmergencyModel
{
    private static readonly SelectListGroup TakenAway = new() { Name = "Take away" };

    /// <summary>Every component, offered after the versions.</summary>
    public IEnumerable<SelectListItem> Removals => Choices.Versions.Select(version => version.Component).Distinct()
        .Select(component => new SelectListItem($"Take {component} away", RemovalInput.ReferenceTo(component)) { Group = TakenAway });

    public sealed partial class Form
    {
        /// <summary>What taking something away may be for when it cannot wait; retiring it in peace is no emergency.</summary>
        public static IReadOnlyList<ReasonCode> ReasonsToRemove { get; } = [ReasonCode.FixIncident, ReasonCode.Security, ReasonCode.RollForward];

        public ReasonCode Reason { get; set; } = ReasonCode.FixIncident;

        public RemovalForm Removal { get; set; } = new();

        public bool IsRemoval => RemovalInput.IsReference(Version);

        /// <summary>Decided just now, and to be read where the incident is, unless somebody says otherwise.</summary>
        public void BeginRemoval(DateOnly today)
        {
            Removal.DecidedOn ??= today;
            Removal.Reference = Removal.Reference.OrNull() ?? Incident;
        }

        private RemovalInput DecidedRemoval() => Removal.ToInput() with { Reference = (Removal.Reference.OrNull() ?? Incident.OrNull() ?? "").Trim() };
    }
}
