using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Steps;

public sealed class CheckSqlVerifierTests(TestPostgres postgres) : ExecutorContract
{
    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Ask("select count(*) from generate_series(1, 3);", "3");

    protected override (StepSettings, string[])? Failing => (Ask("select 2 -- rows", "3"), ["answers 2 where 3 is expected: select 2"]);

    protected override (StepSettings, string?)? Endless => (Ask("select pg_sleep(600)::text", ""), null);

    protected override StepSettings Telling => Ask("select 1", "1") with { Connection = "${secret:planted}" };

    [Theory]
    [InlineData("select 5", SqlExpectation.AtLeast, "4.5", true)]
    [InlineData("select 5", SqlExpectation.AtMost, "4.5", false)]
    [InlineData("select true", SqlExpectation.Equal, "true", true)]
    public async Task A_value_is_compared(string query, SqlExpectation how, string expect, bool passes) =>
        (await VisitAsync(Ask(query, expect) with { Is = how })).ShouldSatisfyAllConditions(outcome => (outcome is StepOutcome.Succeeded).ShouldBe(passes), outcome => (outcome is StepOutcome.Failed).ShouldBe(!passes));

    [Theory]
    [InlineData("select null::int", SqlExpectation.Equal, "gives no row or NULL")]
    [InlineData("select 1 where false", SqlExpectation.Equal, "gives no row or NULL")]
    [InlineData("select 'many'", SqlExpectation.AtLeast, "is no number to compare with")]
    public async Task What_tells_nothing_never_passes(string query, SqlExpectation how, string why) =>
        (await VisitAsync(Ask(query, "1") with { Is = how })).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain(why);

    [Theory]
    [InlineData("select 1); create table mine (id int); select (1", "cannot insert multiple commands")]
    [InlineData("select pg_notify('x', 'y'), 1", "must return only one column")]
    [InlineData("select * from generate_series(1, 2)", "more than one row")]
    [InlineData("select nextval('counted')", "read-only transaction")]
    public async Task Nothing_can_be_changed_and_one_value_is_one(string query, string why) =>
        (await FailsAsync(Ask(query, "1"))).Reason.ShouldContain(why);

    protected override async Task PrepareAsync()
    {
        var database = await postgres.NewDatabaseAsync();
        Bench.Know("shop-db", database);
        await using var connection = new Npgsql.NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("create sequence counted", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static CheckSql Ask(string query, string expect) => new("${secret:shop-db}", query, expect);
}
