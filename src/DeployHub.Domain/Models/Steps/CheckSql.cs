namespace DeployHub.Domain.Models.Steps;

/// <summary>What the value of a query has to be beside the expected one.</summary>
public enum SqlExpectation
{
    Equal,
    AtLeast,
    AtMost,
}

/// <summary>Asks a PostgreSQL database one question in a transaction that may only read, and compares the one value that it answers. NULL and no row tell nothing: they never pass.</summary>
/// <param name="Connection">Only by name: <c>${secret:shop-db}</c>.</param>
/// <param name="Query">Gives one row with one value, such as <c>select count(*) from orders</c>.</param>
/// <param name="Expect">The value as PostgreSQL writes it; a number for <c>AtLeast</c> and <c>AtMost</c>.</param>
public sealed record CheckSql(string Connection, string Query, string Expect, SqlExpectation Is = SqlExpectation.Equal) : StepSettings;
