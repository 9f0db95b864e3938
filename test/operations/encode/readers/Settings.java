import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.io.FileInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Reads the settings `first`, `the.name` and `last` of every N.properties and N.conf in a folder; three words for each
 * file, as UTF-16 units in hexadecimal.
 */
class Settings {
  static final String[] names = {"first", "the.name", "last"};

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (int i = 0; ; i++) {
      File file = new File(args[0], i + ".properties");
      if (!file.exists()) break;
      Properties properties = new Properties();
      try (FileInputStream in = new FileInputStream(file)) {
        properties.load(in);
      }
      for (String name : names) out.print(hex(properties.getProperty(name)) + " ");
      out.println(properties.size());
    }
    for (int i = 0; ; i++) {
      File file = new File(args[0], i + ".conf");
      if (!file.exists()) break;
      Config config = ConfigFactory.parseFile(file).resolve();
      for (String name : names) out.print(hex(config.getString(name)) + " ");
      out.println(config.entrySet().size());
    }
    out.flush();
  }

  static String hex(String value) {
    StringBuilder text = new StringBuilder("x");
    for (char unit : value.toCharArray())
      for (int shift = 12; shift >= 0; shift -= 4) text.append(Character.forDigit((unit >> shift) & 15, 16));
    return text.toString();
  }
}
