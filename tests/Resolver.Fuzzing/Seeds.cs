using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Resolver.Fuzzing;

/// <summary>A small corpus for each target, made here: the fuzzer finds the rest.</summary>
internal static class Seeds
{
    private const string Metadata =
        "Metadata-Version: 2.1\nName: a\nVersion: 1.0\nRequires-Python: >=3.8,<4\nRequires-Dist: b (>=1) ; extra == "
        + "'x'\nProvides-Extra: x\nDynamic: license\nLicense: MIT\n        two\nDescription-Content-Type: "
        + "text/markdown; charset=UTF-8\n\nSome text.\n";

    private static readonly Dictionary<string, string[]> Texts = new(StringComparer.Ordinal)
    {
        ["metadata"] =
        [
            Metadata,
            "Metadata-Version: 2.4\nName: A.b\nVersion: 1!2.0rc1.post2.dev3+l.1\nLicense-Expression: "
                + "MIT\nLicense-File: a/b\nProject-URL: x, https://example.org\nImport-Name: a.b; private\n",
            "a.py,sha256=AAAA,3\n\"a,b\"\"c\",,\na.dist-info/RECORD,,\n",
            "{\"url\": \"file:///a\", \"archive_info\": {\"hashes\": {\"sha256\": \"00\"}}, \"subdirectory\": \"x\"}",
            "[console_scripts]\na = a:main [x]\n",
        ],
        ["toml"] =
        [
            "[build-system]\nrequires = ['hatchling>=1']\nbuild-backend = 'hatchling.build'\n[project]\nname = "
                + "'a'\nversion = '1.0'\nrequires-python = '>=3.8'\ndependencies = ['b; os_name == "
                + "\"nt\"']\n[project.optional-dependencies]\nx = ['c']\n",
            "[tool.poetry]\nname = \"a\"\nversion = \"1\"\n[tool.poetry.dependencies]\npython = '^3.8'\nb = { "
                + "version = '~1.2', optional = true, markers = \"os_name == 'nt'\" }\n[tool.poetry.extras]\nx = "
                + "['b']\n[tool.poetry.group.dev.dependencies]\nc = '*'\n",
            "[project]\nname = 'a'\ndynamic = ['version', 'dependencies']\n[tool.setuptools.dynamic]\nversion = { "
                + "attr = 'a.__version__' }\ndependencies = { file = ['requirements.txt'] "
                + "}\n[tool.hatch.version]\npath = 'a/__init__.py'\n[dependency-groups]\nd = ['x', { include-group = "
                + "'e' }]\ne = []\n",
            "a = 1979-05-27T07:32:00.5Z\nb = [1_0, 0x1F, -inf, 1e3]\nc.\"d e\" = '''x'''\n[[f]]\ng = \"\"\"\\u00e9 "
                + "\\\n  y\"\"\"\n",
            "[tool.flit.metadata]\nmodule = 'a'\nrequires = ['b']\n[tool.pdm.version]\nsource = 'file'\npath = "
                + "'a/__init__.py'\n",
        ],
        ["setup-cfg"] =
        [
            "[metadata]\nname = a\nversion = attr: a.__version__\n[options]\npython_requires = "
                + ">=3.8\ninstall_requires =\n    b>=1; os_name == 'nt'\n    c\nsetup_requires = "
                + "d\n[options.extras_require]\nx = file: requirements.txt\n",
            "[metadata]\nname: a\nversion = file: VERSION\nlong_description = file: README.md, VERSION\n# "
                + "c\n[options]\npackages = find:\npackage_dir =\n    = src\n",
            "[metadata]\nname = %(x)s\n[DEFAULT]\nx = 1\n[options]\ninstall_requires = b;c\n",
        ],
        ["setup-py"] =
        [
            "from setuptools import setup\nnames = ['x'] + ['y'] * 2\nsetup(name='a', version='1.0', "
                + "install_requires=names, extras_require={'t': ['z']}, python_requires='>=3')\n",
            "import re, os\nhere = os.path.dirname(__file__)\nversion = re.search(r\"__version__ = '(.*)'\", "
                + "open(os.path.join(here, 'a', '__init__.py')).read()).group(1)\nif True:\n    r = "
                + "open('requirements.txt').read().splitlines()\nkw = dict(name='a', version=version)\nfrom "
                + "setuptools import setup\nsetup(install_requires=[l for l in r], **kw)\n",
            "from setuptools import setup\nv = '%s.%d' % ('1', 2)\nw = f'{v}.{3}'\nx = ('a' 'b', *['c'], )\nwith "
                + "open('VERSION') as f:\n    v = f.read().strip()\ntry:\n    pass\nexcept E as e:\n    x += "
                + "['d']\ndef f(a, *b, c=1, **d): return {**d, 'k': lambda: 0}\nsetup(name='a'.upper(), version=v, "
                + "install_requires='''b\nc'''.split(), setup_requires=x[0:1])\n",
        ],
        ["requirement"] =
        [
            "A.b[x, y] (>=1.0, !=1.1.*, ~=2.0) ; python_version >= '3.8' and extra == 'z'",
            "a @ https://example.org/a.whl#sha256=00&subdirectory=x ; os_name == 'nt'",
            "./dir/a-1.0.tar.gz[x]",
            "a===any+thing",
        ],
        ["requirement-file"] =
        [
            "-r more.txt\n-c c.txt\na>=1 --hash=sha256:00 \\\n  --hash sha256:11 # c\n-e ./x[y]\n--no-binary "
                + ":all:\n${A}==1 --config-settings \"k=v\"\n",
            "# -*- coding: latin-1 -*-\na\n--find-links=x -i y\n",
            "# /// script\n# requires-python = '>=3.8'\n# dependencies = ['a']\n# ///\nprint()\n",
        ],
        ["marker"] =
        [
            "python_version >= '3.8' and (os_name == \"nt\" or 'x' in sys_platform) and extra != 'a'",
            "python_full_version not in '3.8, 3.9' or platform_release > '5' or 'a' in extras",
            "implementation_name === 'cpython' and '1' ~= python_version",
        ],
        ["version"] =
        [
            "1!2.0.0a1.post2.dev3+local.1\nv1.0-rc.1\n>=1,<2,!=1.5.*\n~=1.4.2",
            "1.0\n1.0.0\n==1.0.*\n===1.0\n1.0+abc.5",
            "99999999999999999999.0\n<1.0.post1\n>1.0a1",
        ],
        ["lock"] =
        [
            "lock-version = '1.0'\nenvironments = [\"os_name == 'nt'\"]\nrequires-python = '>=3.8'\nextras = "
                + "['x']\ncreated-by = 'c'\n[[packages]]\nname = 'a'\nversion = '1.0'\nmarker = \"'x' in "
                + "extras\"\ndependencies = [{ name = 'b' }]\n[packages.sdist]\nname = 'a-1.0.tar.gz'\npath = "
                + "'a-1.0.tar.gz'\nupload-time = 2025-01-01T00:00:00Z\nsize = 3\nhashes = { sha256 = '00' "
                + "}\n[[packages.wheels]]\nurl = 'https://example.org/a-1.0-py3-none-any.whl'\nhashes = { sha256 = "
                + "'00' }\n[packages.tool.x]\ny = 1\n",
            "lock-version = '1.0'\ncreated-by = 'c'\n[[packages]]\nname = 'b'\nvcs = { type = 'git', url = 'u', "
                + "commit-id = '00' }\n[[packages]]\nname = 'c'\ndirectory = { path = '.', editable = true "
                + "}\n[[packages]]\nname = 'd'\narchive = { path = 'd.zip', hashes = { sha256 = '00' }, subdirectory "
                + "= 's' }\n",
        ],
        ["journal"] =
        [
            "{\"event\":\"run-started\",\"time\":\"2026-01-01T00:00:00Z\"}\n{\"event\":\"wheel-ready\","
                + "\"time\":\"2026-01-01T00:00:00Z\",\"order\":1,\"text\":\"a\","
                + "\"hash\":\"00\"}\n{\"event\":\"step-started\",\"time\":\"2026-01-01T00:00:00Z\",\"order\":1,"
                + "\"text\":\"01-a\"}\n{\"event\":\"removing\",\"time\":\"2026-01-01T00:00:00Z\",\"order\":1,"
                + "\"files\":[\"a\",\"b/c\"]}\n{\"event\":\"installing\",\"time\":\"2026-01-01T00:00:00Z\","
                + "\"order\":1,\"files\":[]}\n{\"event\":\"installed\",\"time\":\"2026-01-01T00:00:00Z\",\"order\":1,"
                + "\"files\":[\"a\"]}\n{\"event\":\"step-finished\",\"time\":\"2026-01-01T00:00:00Z\","
                + "\"order\":1}\n{\"event\":\"run-finished\",\"time\":\"2026-01-01T00:00:00Z\"}\n",
            "{\"event\":\"undo-started\",\"time\":\"2026-01-01T00:00:00Z\"}\n{\"event\":\"undoing\","
                + "\"time\":\"2026-01-01T00:00:00Z\",\"text\":\"01-a\"}\n{\"event\":\"undone\","
                + "\"time\":\"2026-01-01T00:00:00Z\",\"text\":\"01-a\",\"sum\":\"0123456789abcdef\"}\n",
        ],
        ["wheel"] =
        [
            $"{Metadata}\0\0Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n\0\0a.py,"
                + $"sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\na-1.0.dist-info/METADATA,,"
                + $"\na-1.0.dist-info/WHEEL,,\na-1.0.dist-info/entry_points.txt,,\na-1.0.dist-info/RECORD,,"
                + $"\n\0\0[console_scripts]\na = a:main\n\0\0",
        ],
    };

    private static readonly (string Path, string Text)[] Project =
    [
        ("a-1.0/PKG-INFO", Metadata),
        ("a-1.0/setup.py", "from setuptools import setup\nsetup(name='a')\n"),
        ("a-1.0/b/pyproject.toml", "[project]\nname = 'b'\nversion = '1'\n"),
    ];

    /// <summary>Writes <c>FOLDER/TARGET/N</c>; what is there is kept.</summary>
    public static void Write(string folder)
    {
        foreach (var (target, seeds) in Texts)
        {
            for (var i = 0; i < seeds.Length; i++)
                Write(folder, target, i, Encoding.UTF8.GetBytes(seeds[i]));
        }
        var tar = Tar();
        Write(folder, "tar", 0, tar);
        Write(folder, "tar", 1, Gzip(tar));
        Write(folder, "zip", 0, Zip(CompressionLevel.NoCompression));
        Write(folder, "zip", 1, Zip(CompressionLevel.Optimal));
    }

    private static void Write(string folder, string target, int number, byte[] bytes)
    {
        Directory.CreateDirectory(Path.Combine(folder, target));
        File.WriteAllBytes(Path.Combine(folder, target, $"{number}"), bytes);
    }

    private static byte[] Tar()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax))
        {
            foreach (var (path, text) in Project)
                tar.WriteEntry(Dated(new PaxTarEntry(TarEntryType.RegularFile, path), text));
            tar.WriteEntry(Dated(new GnuTarEntry(TarEntryType.RegularFile, $"a-1.0/{new string('l', 120)}"), "long"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "a-1.0/link") { LinkName = "PKG-INFO" });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.HardLink, "a-1.0/hard") { LinkName = "a-1.0/PKG-INFO" });
        }
        return stream.ToArray();
    }

    private static TarEntry Dated(TarEntry entry, string text)
    {
        entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        return entry;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return stream.ToArray();
    }

    private static byte[] Zip(CompressionLevel level)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (path, text) in Project)
            {
                using var entry = zip.CreateEntry(path, level).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return stream.ToArray();
    }
}
