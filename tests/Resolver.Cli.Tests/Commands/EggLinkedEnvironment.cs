namespace Resolver.Cli.Tests.Commands;

/// <summary>A virtual environment with an editable install as setuptools before 80 makes it (<c>setup.py
/// develop</c>).</summary>
internal static class EggLinkedEnvironment
{
    /// <summary>Makes it in <c>venv</c>, and its tree in <c>tree</c>.</summary>
    /// <returns>Its Python.</returns>
    public static string In(TemporaryFolder folder)
    {
        PythonOnPath.Run("", ["-m", "venv", "--without-pip", folder["venv"]]);
        folder.Write("tree/linked_lib.py", "");
        folder.Write("tree/Linked.Lib.egg-info/PKG-INFO", "Metadata-Version: 2.1\nName: Linked.Lib\nVersion: 1.0\n");
        folder.Write(
            "tree/Linked.Lib.egg-info/entry_points.txt",
            "[console_scripts]\nlinked = linked_lib:main\n\n[other]\npython = x:y\n"
        );
        var site = Site(folder);
        File.WriteAllText(Path.Combine(site, "Linked.Lib.egg-link"), $"{folder["tree"]}\n.");
        File.WriteAllText(Path.Combine(site, "easy-install.pth"), $"/somewhere/else\n{folder["tree"]}\n");
        File.WriteAllText(folder["venv/bin/linked"], "#!/bin/sh\n");
        return folder["venv/bin/python"];
    }

    /// <summary>Its site directory.</summary>
    public static string Site(TemporaryFolder folder) =>
        Directory.EnumerateDirectories(folder["venv"], "site-packages", SearchOption.AllDirectories).First();
}
