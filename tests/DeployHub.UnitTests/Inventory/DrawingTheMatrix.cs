using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;

namespace DeployHub.UnitTests.Inventory;

public sealed class DrawingTheMatrix
{
    private static readonly ShowMatrix.Column[] Columns =
    [
        new("test", "Test", Tier.Test, false, 2, null, null),
        new("staging", "Staging", Tier.Staging, false, 2, "test", "test"),
        new("production", "Production", Tier.Production, true, 6, "staging", "staging"),
    ];

    [Fact]
    public void A_version_on_every_target_can_go_where_it_is_not_yet() =>
        Cells(Seen("test", "1", 2))[0].PromotableTo.ShouldBe(["staging"]);

    [Fact]
    public void What_is_everywhere_already_goes_nowhere() =>
        Cells(Seen("test", "1", 2), Seen("staging", "1", 2))[0].PromotableTo.ShouldBeEmpty();

    [Fact]
    public void What_is_only_half_there_may_be_completed() =>
        Cells(Seen("test", "1", 2), Seen("staging", "1", 1))[0].PromotableTo.ShouldBe(["staging"]);

    [Fact]
    public void A_mixed_cell_is_not_promoted() =>
        Cells(Seen("test", "1", 1), Seen("test", "2", 1))[0].PromotableTo.ShouldBeEmpty();

    [Fact]
    public void A_cell_with_a_target_left_out_is_not_promoted() => Cells(Seen("test", "1", 1))[0].PromotableTo.ShouldBeEmpty();

    [Fact]
    public void A_recalled_version_is_not_promoted() =>
        Cells(Seen("test", "1", 2) with { RecalledAt = DateTimeOffset.UnixEpoch })[0].PromotableTo.ShouldBeEmpty();

    [Fact]
    public void Targets_without_a_version_make_a_cell_mixed()
    {
        var production = Cells(Seen("production", "1", 4))[2];

        production.Without.ShouldBe(2);
        production.IsMixed.ShouldBeTrue();
    }

    [Fact]
    public void Every_cell_is_compared_with_the_environment_before_it() =>
        Cells(Seen("test", "2", 2), Seen("staging", "1", 2), Seen("production", "1", 6)).Select(cell => cell.Standing)
            .ShouldBe([Standing.First, Standing.Behind, Standing.Same]);

    private static readonly ILookup<(string Environment, string Component), ShowMatrix.Coming> Nothing =
        Array.Empty<ShowMatrix.Coming>().ToLookup(_ => ("", ""));

    private static IReadOnlyList<ShowMatrix.Cell> Cells(params Sighting[] sightings) =>
        ShowMatrix.LineOf(
            Component.Register(ServiceId.New(), "shop-web", "Shop web", ComponentKind.Software, null, Actor.System, DateTimeOffset.UnixEpoch), Columns, sightings, Nothing).Cells;

    private static Sighting Seen(string environment, string label, int targets) => new()
    {
        Component = "shop-web",
        Environment = environment,
        EnvironmentName = environment,
        Label = label,
        Digest = Digest.OfText(label),
        Targets = targets,
        Since = DateTimeOffset.UnixEpoch,
        SeenAt = DateTimeOffset.UnixEpoch,
        RegisteredAt = DateTimeOffset.UnixEpoch.AddDays(int.Parse(label)),
    };
}
