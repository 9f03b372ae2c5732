using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace DeployHub.BrowserTests;

/// <summary>axe-core in a page: loaded once, asked as often as its look changes.</summary>
internal static class Axe
{
    private const string Ask = """
        rules => axe.run(document, { resultTypes: ['violations'], ...(rules.length ? { runOnly: { type: 'rule', values: rules } } : {}) })
          .then(result => result.violations.flatMap(violation => violation.nodes.map(node =>
            `${violation.id} at ${node.target.join(' ')}: ${[...node.any, ...node.all, ...node.none].map(check => check.message).join(' ')}`)))
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    public static Task LoadAxeAsync(this IPage page) => page.EvaluateAsync(Script);

    /// <param name="rules">Only these; all when there are none.</param>
    public static Task<string[]> ViolationsAsync(this IPage page, params string[] rules) => page.EvaluateAsync<string[]>(Ask, rules);
}
