using Microsoft.Playwright;

namespace DeployHub.BrowserTests;

/// <summary>The code editor of a page, used as people use it. The text area behind it has its text.</summary>
internal sealed class CodeEditor(IPage page)
{
    public ILocator Content => page.Locator(".code-editor .cm-content");

    public ILocator Proposals => page.Locator(".code-editor .cm-tooltip-autocomplete");

    /// <summary>What is marked.</summary>
    public Task<string> SelectionAsync() => page.EvaluateAsync<string>("() => document.querySelector('.code-editor').shadowRoot.getSelection().toString()");

    public Task<string> TextAsync() => page.Locator("#Document").InputValueAsync();

    /// <summary>Pastes it in the place of everything.</summary>
    public async Task PasteAsync(string text)
    {
        await Content.ClickAsync();
        await page.Keyboard.PressAsync("Control+a");
        await Content.EvaluateAsync(
            """
            (content, text) => {
              const pasted = new DataTransfer();
              pasted.setData('text/plain', text);
              content.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }));
            }
            """, text);
    }

    public async Task TypeAsync(string text) => await page.Keyboard.TypeAsync(text, new() { Delay = 20 });

    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys) await page.Keyboard.PressAsync(key);
    }
}
