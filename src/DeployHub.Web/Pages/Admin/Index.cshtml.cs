using DeployHub.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Admin;

[Authorize(Policy = nameof(Permission.ManageAccess))]
public sealed class IndexModel : PageModel;
