using Microsoft.Playwright;

namespace DeployHub.BrowserTests;

/// <summary>What every page keeps, whoever opens it. In two classes, so that half of the pages need not wait for the other half.</summary>
public abstract class EveryPage(Looking looking)
{
    /// <summary>What is chosen in filters without room for its words.</summary>
    private const string CutChoices = """
        [...document.querySelectorAll(".filters select")].filter((select) => {
          const style = getComputedStyle(select);
          const context = document.createElement("canvas").getContext("2d");
          context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
          return context.measureText(select.selectedOptions[0]?.text ?? "").width > select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) + 1;
        }).map((select) => select.selectedOptions[0].text)
        """;

    protected async Task ReadsWellAsync(Place place)
    {
        var tab = await looking.TabOfAsync(place.Person);
        var earlier = tab.Complaints.Count;
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await tab.Page.SetViewportSizeAsync(1280, 800);
        var answer = await tab.Page.GotoAsync(looking.Estate.AddressOf(place.Address));
        answer!.Status.ShouldBe(place.Status);

        await tab.Page.LoadAxeAsync();
        (await tab.Page.ViolationsAsync()).ShouldBeEmpty("light");
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        (await tab.Page.ViolationsAsync("color-contrast", "link-in-text-block")).ShouldBeEmpty("dark"); // nothing else differs there
        await tab.Page.SetViewportSizeAsync(375, 740);
        (await tab.Page.ViolationsAsync()).ShouldBeEmpty("375 px");
        (await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBe(0, "it scrolls sideways at 375 px");
        (await tab.Page.EvaluateAsync<string[]>(CutChoices)).ShouldBeEmpty("what is chosen in a filter is cut at 375 px");
        tab.Complaints.Skip(earlier).Where(complaint => place.Status == 200 || !complaint.Contains($"status of {place.Status}")).ShouldBeEmpty();
    }

    protected static TheoryData<string, string> Of(IEnumerable<Place> places) => [.. places.Select(place => (place.Address, place.Person ?? "nobody"))];

    protected static Place Find(string address, string person) => Place.All.Single(known => known.Address == address && (known.Person ?? "nobody") == person);
}
