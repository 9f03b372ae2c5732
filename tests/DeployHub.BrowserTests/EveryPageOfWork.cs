using DeployHub.IntegrationTests.Hub;

namespace DeployHub.BrowserTests;

[TakesLong(330)]
public sealed class EveryPageOfWork(Looking looking) : EveryPage(looking), IClassFixture<Looking>
{
    public static TheoryData<string, string> Places => Of(Place.OfWork);

    [Theory, MemberData(nameof(Places))]
    public Task Reads_well_in_light_in_dark_and_on_a_phone(string address, string person) => ReadsWellAsync(Find(address, person));
}
