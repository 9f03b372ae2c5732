namespace DeployHub.Domain.ValueStream.Incidents;

public readonly record struct IncidentId(Guid Value) : IId<IncidentId>
{
    public static IncidentId New() => new(Guid.CreateVersion7());

    public static IncidentId From(Guid value) => new(value);
}
