namespace DeployHub.Domain.Inventory.Testing;

public readonly record struct TestReportId(Guid Value) : IId<TestReportId>
{
    public static TestReportId New() => new(Guid.CreateVersion7());

    public static TestReportId From(Guid value) => new(value);
}
