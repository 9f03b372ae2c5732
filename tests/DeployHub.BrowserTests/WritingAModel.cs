using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>The editor says what a text comes to while somebody types, and keeps the text whatever it says.</summary>
public sealed class WritingAModel(Site site)
{
    [Fact]
    public async Task Remarks_and_the_picture_follow_what_is_typed_and_nothing_typed_is_lost()
    {
        await site.SendAsync("dora", Yard.Post("/models", new { slug = "typed-service", name = "Typed service", purpose = "Is typed.", starter = "rolling-web-service", intent = new { need = "Less waiting" } }));
        await using var dora = await site.OpenAsync("dora");
        await dora.Page.GotoAsync("/models/typed-service/versions/1/edit");
        var (document, said, pictured) = (dora.Page.Locator("#Document"), dora.Page.Locator("#said"), dora.Page.Locator("#pictured"));
        var text = (await document.InputValueAsync()).Replace("Reach the target", "Knock at the door", StringComparison.Ordinal);

        await document.FillAsync(text);
        await Expect(pictured).ToContainTextAsync("Knock at the door");
        await document.FillAsync(text.Replace("retries: 2", "retries: 9", StringComparison.Ordinal));
        await Expect(said).ToContainTextAsync("automatic retries go from 0 to 3");
        await Expect(pictured).Not.ToContainTextAsync("Knock at the door");
        await said.Locator(".remark-place").First.ClickAsync();
        (await dora.Page.EvaluateAsync<string>("() => { const text = document.getElementById('Document'); return text.value.slice(text.selectionStart, text.selectionEnd); }")).ShouldBe("9");

        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Save and start testing" }).ClickAsync();
        await Expect(dora.Page.Locator(".refusal")).ToContainTextAsync("v1 has errors");
        (await document.InputValueAsync()).ShouldContain("retries: 9");
        await document.FillAsync(text);
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Save and start testing" }).ClickAsync();
        await Expect(dora.Page.Locator("main")).ToContainTextAsync("v1 is in test: its text is frozen.");
        dora.Complaints.ShouldBeEmpty();
    }
}
