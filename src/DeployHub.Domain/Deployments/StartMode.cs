namespace DeployHub.Domain.Deployments;

/// <summary>Who starts a run of a plan (domain §2.5, trigger).</summary>
public enum StartMode
{
    ByPeople,

    /// <summary>DeployHub, at the beginning of the slot, once every gate is open.</summary>
    AtSlot,
}
