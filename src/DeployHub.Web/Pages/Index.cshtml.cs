using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages;

public sealed class IndexModel : PageModel;
