using System.Text;
using Resolver.Application.Installed;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;

namespace Resolver.Cli.Rendering.Installed;

/// <summary>What is known of installed projects, with the fields of <c>pip show</c>, and as
/// <c>resolver.show/1</c>.</summary>
/// <param name="files">Whether to list the files.</param>
/// <param name="verbose">Whether to add the fields that are seldom needed.</param>
internal sealed class InstalledProjectText(InstalledProjects installed, bool files, bool verbose)
{
    public string Text(IReadOnlyList<InstalledProject> projects) => string.Join("---\n", projects.Select(Text));

    /// <summary>Schema <c>resolver.show/1</c>.</summary>
    public string Json(IReadOnlyList<InstalledProject> projects) =>
        JsonText.Of(
            indented: true,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("schema", "resolver.show/1");
                json.WriteStartArray("projects");
                foreach (var project in projects)
                {
                    json.WriteStartObject();
                    InstalledListText.WriteBasics(json, project);
                    json.WriteString("summary", project.Metadata?.Summary);
                    json.WriteString("license", License(project));
                    json.WriteString("home_page", HomePage(project));
                    Write("requires", Requires(project));
                    Write("required_by", RequiredBy(project));
                    if (files)
                        Write("files", project.Files);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();

                void Write(string key, IReadOnlyList<string>? values)
                {
                    if (values is null)
                    {
                        json.WriteNull(key);
                        return;
                    }
                    json.WriteStartArray(key);
                    foreach (var value in values)
                        json.WriteStringValue(value);
                    json.WriteEndArray();
                }
            }
        );

    private string Text(InstalledProject project)
    {
        var text = new StringBuilder();
        var metadata = project.Metadata;
        Line("Name", project.RawName);
        Line("Version", project.Version);
        Line("Summary", metadata?.Summary);
        Line("Home-page", HomePage(project));
        Line("Author", metadata?.Value("Author"));
        Line("Author-email", metadata?.Value("Author-email"));
        Line(metadata?.LicenseExpression is null ? "License" : "License-Expression", License(project));
        Line("Location", project.Location);
        if (project.EditableLocation is { } tree)
            Line("Editable project location", tree);
        Line("Requires", string.Join(", ", Requires(project)));
        Line("Required-by", string.Join(", ", RequiredBy(project)));
        if (verbose)
        {
            Line("Metadata-Version", metadata?.MetadataVersionText);
            Line("Installer", project.InstalledBy);
            List("Classifiers", metadata?.Values("Classifier"));
            List("Entry-points", project.EntryPoints);
            List("Project-URLs", metadata?.Values("Project-URL"));
        }
        if (files)
        {
            List("Files", project.Files);
            if (project.Files is null)
                text.Append("Cannot locate RECORD or installed-files.txt\n");
        }
        return text.ToString();

        void Line(string field, string? value) =>
            text.Append(field).Append(": ").Append(PlainText.Of(value)).Append('\n');

        void List(string field, IReadOnlyList<string>? values)
        {
            text.Append(field).Append(":\n");
            foreach (var value in values ?? [])
                text.Append("  ").Append(PlainText.Of(value)).Append('\n');
        }
    }

    private static string? License(InstalledProject project) =>
        project.Metadata?.LicenseExpression ?? project.Metadata?.Value("License");

    // Newer metadata have it among the project's URLs.
    private static string? HomePage(InstalledProject project) =>
        project.Metadata?.Value("Home-page")
        ?? project
            .Metadata?.Values("Project-URL")
            .Select(each => each.Split(',', 2))
            .Where(each => each.Length == 2 && IsHomePage(each[0]))
            .Select(each => each[1].Trim())
            .FirstOrDefault();

    // Labels are compared without case, white space and punctuation (well-known labels of project URLs).
    private static bool IsHomePage(string label) =>
        string.Concat(label.Where(char.IsLetterOrDigit)).Equals("homepage", StringComparison.OrdinalIgnoreCase);

    private List<string> Requires(InstalledProject project) =>
        Names(installed.Needs.Where(need => need.By.Name == project.Name).Select(need => need.Requirement.Name));

    private List<string> RequiredBy(InstalledProject project) =>
        Names(installed.Needs.Where(need => need.Requirement.Name == project.Name).Select(need => need.By.Name));

    private List<string> Names(IEnumerable<PackageName> names) =>
        [.. names.Distinct().Order().Select(name => installed.Find(name)?.RawName ?? name.ToString())];
}
